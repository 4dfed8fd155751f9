"""backward on two parts of f, which .grad sums."""
import torch


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    part_one = 3 * x**2
    part_two = 4 * x**2
    part_one.backward()
    part_two.backward()
    return x.grad, 6 * x0 + 8 * x0
