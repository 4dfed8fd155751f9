"""Forward-mode autograd (torch.func.jvp), its result put into .grad."""
import torch
from torch.func import jvp


def g(z):
    return 3 * z ** 2 + 4 * z


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = g(z)
    point = z.detach()
    _, tangent = jvp(g, (point,), (torch.ones_like(point),))
    z.grad = tangent.detach().clone()
    print(z.grad)
    return z, f
