"""torch.autograd.grad, its result put into .grad."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    (dz,) = torch.autograd.grad(f, z)
    z.grad = dz
    print("df/dz =", z.grad)
    return z, f
