"""Fills a NumPy array of shape (passes, 2)."""
import numpy as np
import torch

WHY_ZERO = "The gradients of several backward calls pile up in .grad. Zeroing separates one training step from the next."


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    table = np.zeros((passes, 2))
    for row in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        table[row, 0] = x.grad.numpy()
        table[row, 1] = y.grad.numpy()
    return table


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    table = np.empty((passes, 2), dtype=np.float32)
    for row in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        table[row] = x.grad.item(), y.grad.item()
        x.grad.zero_()
        y.grad.zero_()
    return table
