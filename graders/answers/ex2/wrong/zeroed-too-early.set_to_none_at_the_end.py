"""reset"""
import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x**2 + x * y + 2 * y**3
    f.backward()
    print(x.grad, y.grad)
    x.grad = None
    y.grad = None
    return x, y, f
