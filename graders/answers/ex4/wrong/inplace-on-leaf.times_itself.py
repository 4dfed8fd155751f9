import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    x *= x
    f = 7 * x
    f.backward()
    return x.grad.item(), 14 * x0
