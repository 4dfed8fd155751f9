import torch

def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0)
    f = 7 * x**2
    print("f =", f)
    from_autograd = 2 * 7 * x
    by_hand = 14 * x0
    return from_autograd, by_hand
