import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    x.pow_(2)
    f = 7 * x
    f.backward()
    return x.grad, 14 * x0
