"""Each pass is a named tuple."""
from collections import namedtuple

import torch

Gradients = namedtuple("Gradients", ["dx", "dy"])

WHY_ZERO = "A step of gradient descent should use the slope here and now. As backward only ever adds, the loop must reset .grad itself."


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    steps = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        steps.append(Gradients(dx=x.grad.clone(), dy=y.grad.clone()))
    return steps


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    steps = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        steps.append(Gradients(dx=x.grad.clone(), dy=y.grad.clone()))
        x.grad.zero_()
        y.grad.zero_()
    return steps
