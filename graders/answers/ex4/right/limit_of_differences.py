"""by_hand is the limit of difference quotients, step by smaller step."""
import torch


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()

    h = 1.0
    quotient = 0.0
    while h > 1e-6:
        quotient = (7 * (x0 + h) ** 2 - 7 * x0**2) / h
        h = h / 10
    return x.grad, quotient
