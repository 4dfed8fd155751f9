"""Exercise 3: gradients accumulate, and are zeroed."""

import torch

WHY_ZERO: str = (
    "Gradients are accumulated in .grad. Without zeroing, the step of the optimizer would be computed from the "
    "gradients of old batches as well."
)


def function(x, y):
    return 5 * x**2 + x * y + 2 * y**3


def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    pairs = []
    for _ in range(passes):
        function(x, y).backward()
        pairs.append((x.grad.clone(), y.grad.clone()))
    return pairs


def with_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    pairs = []
    for _ in range(passes):
        function(x, y).backward()
        pairs.append((x.grad.clone(), y.grad.clone()))
        x.grad.zero_()
        x.grad.zero_()
    return pairs
