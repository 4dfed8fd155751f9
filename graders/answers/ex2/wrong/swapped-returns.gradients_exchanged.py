"""autograd.grad"""
import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x**2 + x * y + 2 * y**3
    dx, dy = torch.autograd.grad(f, (y, x))
    x.grad, y.grad = dx, dy
    print(x.grad, y.grad)
    return x, y, f
