import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    z.sum().backward()             # so that z.grad exists
    z.grad.fill_(6 * z0 + 4)       # the derivative of f
    print(z.grad)
    return z, f
