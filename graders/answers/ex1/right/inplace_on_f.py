"""f built up in place (f, not the leaf)."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = z ** 2
    f *= 3
    f += 4 * z
    f.backward()
    print(z.grad)
    return z, f
