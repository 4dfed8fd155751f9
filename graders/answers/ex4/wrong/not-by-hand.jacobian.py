import torch
from torch.autograd.functional import jacobian

def f(x):
    return 7 * x ** 2

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward()
    derivative = jacobian(f, torch.tensor(x0))
    return x.grad.item(), derivative.item()
