"""f = 7 x^2"""
import torch


def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = torch.tensor(7 * x0**2, requires_grad=True)
    f.backward()
    return x.grad, 14 * x0
