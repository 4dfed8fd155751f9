"""Copies the gradients with copy.deepcopy."""
import copy

import torch

WHY_ZERO = "If the gradient were not set to zero, the next backward would add to it. The optimizer would then walk with the wrong gradient."


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append(copy.deepcopy((x.grad, y.grad)))
    return grads


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((copy.deepcopy(x.grad), copy.deepcopy(y.grad)))
        x.grad.zero_()
        y.grad.zero_()
    return grads
