"""A list in place of a tuple."""
import torch


def two_variables(x0=1.5, y0=-2.0):
    out = []
    for v in (x0, y0):
        out.append(torch.tensor(v, requires_grad=True))
    x, y = out
    out.append(5 * x ** 2 + x * y + 2 * y ** 3)
    out[-1].backward()
    print(x.grad, y.grad)
    return out
