import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    x.grad.zero_()     # just to be safe
    f = 7 * x**2
    f.backward()
    return x.grad, 14 * x0
