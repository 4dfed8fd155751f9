import torch

def f(x):
    return 7 * x**2

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, dtype=torch.float64)
    eps = 1e-4
    # automatic: no formula of the derivative is used
    from_autograd = (f(x + eps) - f(x - eps)) / (2 * eps)
    by_hand = 14 * x0
    return from_autograd, by_hand
