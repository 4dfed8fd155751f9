import torch

def f(x):
    return 7 * x**2

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward()
    h = 0.5
    by_hand = (f(x0 + h) - f(x0)) / h
    return x.grad.item(), by_hand
