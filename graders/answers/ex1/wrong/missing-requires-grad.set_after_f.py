import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0)
    f = 3 * z ** 2 + 4 * z
    z.requires_grad_(True)   # now we want the gradient
    f.backward()
    print(z.grad)
    return z, f
