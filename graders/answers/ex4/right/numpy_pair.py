"""Returns a NumPy array of two numbers."""
import numpy as np
import torch


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    (7 * x**2).backward()
    return np.array([x.grad.item(), 14 * x0])
