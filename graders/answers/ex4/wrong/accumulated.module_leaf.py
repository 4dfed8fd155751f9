import torch

x = torch.tensor(3.0, requires_grad=True)

def verify_by_hand(x0=3.0):
    x.data.fill_(x0)
    f = 7 * x**2
    f.backward()
    by_hand = 14 * x0
    return x.grad.item(), by_hand
