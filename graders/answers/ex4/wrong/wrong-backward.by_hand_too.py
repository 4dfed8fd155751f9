"""both sides"""
import torch


def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    by_hand = 14 * x
    by_hand.backward()
    return x.grad, by_hand
