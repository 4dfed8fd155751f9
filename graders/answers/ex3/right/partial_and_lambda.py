"""One function, bound by partial and by a lambda."""
from functools import partial

import torch


def passes_of(zero, x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        if zero:
            x.grad.zero_()
            y.grad.zero_()
    return grads


without_zeroing = partial(passes_of, False)
with_zeroing = lambda x0=1.5, y0=-2.0, passes=2: passes_of(True, x0, y0, passes)

WHY_ZERO = "Accumulated gradients are sums over time. For an ordinary update you need the newest one alone, which is why it is reset."
