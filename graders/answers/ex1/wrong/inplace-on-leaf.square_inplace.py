import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 4 * z
    z **= 2
    f = f + 3 * z
    f.backward()
    print(z.grad)
    return z, f
