import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    from_autograd = x.grad
    f.backward()
    by_hand = 14 * x0
    return from_autograd, by_hand
