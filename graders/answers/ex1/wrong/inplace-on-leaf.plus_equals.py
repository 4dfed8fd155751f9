"""Start at zero and add the starting value."""
import torch


def single_variable(z0=5.0):
    z = torch.zeros((), requires_grad=True)
    z += z0
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
