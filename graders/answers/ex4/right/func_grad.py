"""The gradient by torch.func.grad."""
import torch
from torch.func import grad


def parabola(x):
    return 7 * x**2


def verify_by_hand(x0: float = 3.0):
    from_autograd = grad(parabola)(torch.tensor(x0))
    by_hand = 14.0 * x0
    return from_autograd, by_hand
