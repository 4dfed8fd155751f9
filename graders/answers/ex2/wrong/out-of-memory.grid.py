"""Evaluate f on a fine grid first, for a plot."""
import torch


def two_variables(x0=1.5, y0=-2.0):
    gx, gy = torch.meshgrid(torch.linspace(-5, 5, 10**6), torch.linspace(-5, 5, 10**6), indexing="ij")
    surface = 5 * gx ** 2 + gx * gy + 2 * gy ** 3
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    print(x.grad, y.grad, surface.max())
    return x, y, f
