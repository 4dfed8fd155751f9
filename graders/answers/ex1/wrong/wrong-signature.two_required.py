import torch


def single_variable(z0, lr):
    # lr for later, when we do gradient descent
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
