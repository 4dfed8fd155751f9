import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    # .data is where the number lives
    f = 3 * z.data ** 2 + 4 * z.data
    f.backward()
    print(z.grad)
    return z, f
