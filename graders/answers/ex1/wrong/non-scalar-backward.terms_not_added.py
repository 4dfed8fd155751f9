import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = torch.stack([3 * z ** 2, 4 * z])   # the two terms of f
    f.backward()
    print(z.grad)
    return z, f
