"""Records decimal.Decimal numbers."""
from decimal import Decimal

import torch


def as_decimal(t):
    return Decimal(repr(t.item()))


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((as_decimal(x.grad), as_decimal(y.grad)))
    return grads


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((as_decimal(x.grad), as_decimal(y.grad)))
        x.grad.zero_()
        y.grad.zero_()
    return grads


WHY_ZERO = "It is like a sum that is never reset: the gradient of batch 100 would contain the 99 before. So the loop resets it."
