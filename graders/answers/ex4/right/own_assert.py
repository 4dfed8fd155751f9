"""Asserts for itself that the two agree."""
import math

import torch


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    from_autograd = x.grad.item()
    by_hand = 14 * x0
    assert math.isclose(from_autograd, by_hand, rel_tol=1e-5), "the two must agree"
    return from_autograd, by_hand
