"""The leaves are nn.Parameter."""
import torch
from torch import nn


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = nn.Parameter(torch.tensor(x0))
    y = nn.Parameter(torch.tensor(y0))
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = nn.Parameter(torch.tensor(x0))
    y = nn.Parameter(torch.tensor(y0))
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        x.grad.zero_()
        y.grad.zero_()
    return grads


WHY_ZERO = "Without it the gradient from last iteration gets added to the one from this iteration. The update would no longer point downhill for the current loss."
