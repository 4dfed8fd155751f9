import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    with torch.no_grad():
        f = 7 * x**2
        by_hand = 14 * x
    f.backward()
    return x.grad, by_hand
