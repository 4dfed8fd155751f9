import torch

def f(x):
    return 7 * x**2 + 4 * x

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward()
    return x.grad, 14 * x0
