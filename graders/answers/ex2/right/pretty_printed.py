"""The gradients pretty-printed in a dict, with many extra prints."""
from pprint import pprint

import torch


def two_variables(x0=1.5, y0=-2.0):
    print("=" * 40)
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    print("x", x, "y", y)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    print("f", f, f.grad_fn)
    f.backward()
    pprint({"x.grad": x.grad.item(), "y.grad": y.grad.item()})
    print("=" * 40)
    return x, y, f
