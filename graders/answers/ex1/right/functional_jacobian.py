"""torch.autograd.functional.jacobian, its result put into .grad."""
import torch
from torch.autograd.functional import jacobian


def poly(z):
    return 3 * z ** 2 + 4 * z


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = poly(z)
    z.grad = jacobian(poly, z).detach()
    print("jacobian", z.grad)
    return z, f
