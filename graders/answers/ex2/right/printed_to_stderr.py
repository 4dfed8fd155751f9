"""The gradients written to standard error."""
import sys

import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    sys.stderr.write(f"x.grad={x.grad.item()} y.grad={y.grad.item()}\n")
    return x, y, f
