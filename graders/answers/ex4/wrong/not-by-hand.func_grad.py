import torch
from torch.func import grad

def f(x):
    return 7 * x**2

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward()
    f_prime = grad(f)
    by_hand = f_prime(torch.tensor(x0))
    print("f'(x) =", by_hand)
    return x.grad, by_hand
