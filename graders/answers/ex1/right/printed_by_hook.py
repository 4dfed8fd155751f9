"""A hook on the leaf prints the gradient as it arrives."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    z.register_hook(lambda g: print("arrived:", g))
    f = 3 * z ** 2 + 4 * z
    f.backward()
    return z, f
