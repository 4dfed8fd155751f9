"""The formula factored: x(5x + y) + 2y·y·y."""
import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = x * (5 * x + y) + 2 * y * y * y
    f.backward()
    print(x.grad, y.grad)
    return x, y, f
