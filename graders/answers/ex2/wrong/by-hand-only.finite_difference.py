"""The slope, from two points that are close together."""
import torch


def formula(x, y):
    return 5 * x ** 2 + x * y + 2 * y ** 3


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = formula(x, y)
    h = 1e-5
    x.grad = torch.tensor((formula(x0 + h, y0) - formula(x0 - h, y0)) / (2 * h))
    y.grad = torch.tensor((formula(x0, y0 + h) - formula(x0, y0 - h)) / (2 * h))
    print(x.grad, y.grad)
    return x, y, f
