"""One operation a line, as in the article's drawing of the graph."""
import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    a = x ** 2
    b = 5 * a
    c = x * y
    d = y ** 3
    e = 2 * d
    g = b + c
    f = g + e
    f.backward()
    print("x.grad =", x.grad)
    print("y.grad =", y.grad)
    return x, y, f
