"""Both numbers rounded to four digits after the point."""
import torch


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    return round(x.grad.item(), 4), round(14 * x0, 4)
