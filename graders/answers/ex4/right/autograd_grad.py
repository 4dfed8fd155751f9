"""The gradient by torch.autograd.grad."""
import torch


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    (from_autograd,) = torch.autograd.grad(f, x)
    by_hand = torch.tensor(14 * x0)
    return from_autograd, by_hand
