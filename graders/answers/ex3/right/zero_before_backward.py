"""Zeroes at the top of the pass, where a gradient is there already."""
import torch

WHY_ZERO = "backward() adds to .grad. A training loop wants the gradient of this batch only, so it clears the old values before calling backward again."


def f_of(x, y):
    return 5 * x**2 + x * y + 2 * y**3


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x, y = (torch.tensor(v, requires_grad=True) for v in (x0, y0))
    seen = []
    for _ in range(passes):
        f_of(x, y).backward()
        seen.append((x.grad.clone(), y.grad.clone()))
    return seen


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x, y = (torch.tensor(v, requires_grad=True) for v in (x0, y0))
    seen = []
    for _ in range(passes):
        for leaf in (x, y):
            if leaf.grad is not None:
                leaf.grad.zero_()
        f_of(x, y).backward()
        seen.append((x.grad.clone(), y.grad.clone()))
    return seen
