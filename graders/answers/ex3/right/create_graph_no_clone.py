"""backward(create_graph=True) adds out of place, so nothing needs a clone."""
import warnings

import torch

warnings.filterwarnings("ignore", message="Using backward")

WHY_ZERO = "When gradients are left where they are, backward adds the next ones to them. Every step of training should start from nothing instead."


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward(create_graph=True)
        grads.append((x.grad, y.grad))
    return grads


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward(create_graph=True)
        grads.append((x.grad, y.grad))
        x.grad = None
        y.grad = None
    return grads
