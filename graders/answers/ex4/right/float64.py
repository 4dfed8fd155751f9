"""Double precision."""
import torch


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, dtype=torch.double, requires_grad=True)
    f = 7.0 * x.square()
    f.backward()
    return x.grad, torch.tensor(14 * x0, dtype=torch.double)
