"""torch.autograd.functional.jvp, its result put into .grad."""
import torch
from torch.autograd.functional import jvp


def formula(z):
    return 3 * z**2 + 4 * z


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = formula(z)
    _, slope = jvp(formula, z, torch.ones_like(z))
    z.grad = slope.detach()
    print("slope at", z0, "is", z.grad.item())
    return z, f
