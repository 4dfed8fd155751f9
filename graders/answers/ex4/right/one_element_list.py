"""A one-element leaf and one-element lists."""
import torch


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor([x0], requires_grad=True)
    f = 7 * x**2
    f.backward()
    return [x.grad.tolist(), [14 * x0]]
