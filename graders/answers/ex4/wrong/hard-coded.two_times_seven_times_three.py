import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    coefficient = 7
    power = 2
    point = 3.0
    by_hand = coefficient * power * point ** (power - 1)
    return x.grad.item(), by_hand
