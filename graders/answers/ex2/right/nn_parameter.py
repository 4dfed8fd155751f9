"""nn.Parameter for both leaves."""
import torch
from torch.nn import Parameter


def two_variables(x0=1.5, y0=-2.0):
    x, y = Parameter(torch.tensor(x0)), Parameter(torch.tensor(y0))
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    print("x.grad:", x.grad)
    print("y.grad:", y.grad)
    return x, y, f
