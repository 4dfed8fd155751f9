"""Reference: clone what is recorded, then zero .grad in place."""

import torch

WHY_ZERO = (
    "backward() adds the new gradients to what is already in .grad instead of replacing it. "
    "In a training loop every step needs the gradient of the current loss alone, so whatever the "
    "previous step left behind has to be cleared first. Without zeroing, each update would follow "
    "the sum of all gradients so far and the parameters would move in the wrong direction and too far."
)


def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads


def with_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        x.grad.zero_()
        y.grad.zero_()
    return grads
