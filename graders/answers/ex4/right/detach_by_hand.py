"""by_hand from the detached leaf."""
import torch


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    by_hand = 14 * x.detach()
    return x.grad.detach().clone(), by_hand
