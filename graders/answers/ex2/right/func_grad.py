"""torch.func.grad with argnums, put into .grad."""
import torch
from torch.func import grad


def surface(x, y):
    return 5 * x ** 2 + x * y + 2 * y ** 3


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = surface(x, y)
    gx, gy = grad(surface, argnums=(0, 1))(x.detach(), y.detach())
    x.grad, y.grad = gx, gy
    print("grads:", x.grad.item(), y.grad.item())
    return x, y, f
