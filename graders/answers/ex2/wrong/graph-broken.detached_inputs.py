"""Detach first so that x and y themselves are not changed."""
import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    a, b = x.detach(), y.detach()
    f = 5 * a ** 2 + a * b + 2 * b ** 3
    f.backward()
    print(x.grad, y.grad)
    return x, y, f
