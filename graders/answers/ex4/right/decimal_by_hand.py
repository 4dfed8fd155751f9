"""by_hand is a decimal.Decimal."""
from decimal import Decimal

import torch


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    by_hand = Decimal(14) * Decimal(str(x0))
    return x.grad.item(), by_hand
