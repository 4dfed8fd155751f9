"""Leaves of shape (1,) instead of scalars."""
import torch


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor([x0], requires_grad=True)
    y = torch.tensor([y0], requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor([x0], requires_grad=True)
    y = torch.tensor([y0], requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.tolist(), y.grad.tolist()))
        x.grad.data.zero_()
        y.grad.data.zero_()
    return grads


WHY_ZERO = "PyTorch does not know when one training step ends, so it goes on adding. Zeroing tells it that a new step starts."
