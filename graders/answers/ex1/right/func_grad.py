"""torch.func.grad, its result put into .grad."""
import torch
from torch.func import grad


def formula(z):
    return 3 * z**2 + 4 * z


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = formula(z)
    z.grad = grad(formula)(z.detach())
    print(z.grad)
    return z, f
