"""Start at 1 and scale to the starting value."""
import torch


def single_variable(z0=5.0):
    z = torch.ones((), requires_grad=True) * z0
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
