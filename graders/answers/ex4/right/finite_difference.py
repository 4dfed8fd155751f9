"""by_hand is a central difference of plain Python numbers."""
import torch


def f(x):
    return 7 * x ** 2


def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward()
    h = 1e-4
    slope = (f(x0 + h) - f(x0 - h)) / (2 * h)
    print("autograd:", x.grad.item(), "difference quotient:", slope)
    return x.grad, slope
