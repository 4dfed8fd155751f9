"""The default dtype set to float64 for the whole file."""
import torch

torch.set_default_dtype(torch.float64)


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    print(x.grad)
    print(y.grad)
    return x, y, f
