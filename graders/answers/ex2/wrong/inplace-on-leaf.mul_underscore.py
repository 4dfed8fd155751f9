"""y times y times y, step by step"""
import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x ** 2 + x * y
    y.mul_(y).mul_(y)
    f = f + 2 * y
    f.backward()
    print(x.grad, y.grad)
    return x, y, f
