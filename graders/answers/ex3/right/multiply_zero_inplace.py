"""Zeroes by multiplying .grad by zero in place."""
import torch


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((float(x.grad), float(y.grad)))
    return grads


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((float(x.grad), float(y.grad)))
        x.grad *= 0
        y.grad *= 0
    return grads


WHY_ZERO = "We want one gradient per step. As PyTorch keeps adding into the same place, the place is made zero before the next step."
