import torch

def verify_by_hand(x0=3.0):
    start = torch.tensor(1.0, requires_grad=True)
    x = start * x0
    f = 7 * x**2
    f.backward()
    gradient = x.grad.item()
    return gradient, 14 * x0
