"""The two leaves are made once, then filled with the values."""
import torch

x = torch.zeros((), requires_grad=True)
y = torch.zeros((), requires_grad=True)


def two_variables(x0=1.5, y0=-2.0):
    with torch.no_grad():
        x.fill_(x0)
        y.fill_(y0)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    print(x.grad, y.grad)
    return x, y, f


two_variables()
