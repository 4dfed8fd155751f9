import torch

def verify_by_hand(x0=3.0):
    torch.manual_seed(0)
    x = torch.randn((), requires_grad=True)
    print("x =", x)
    f = 7 * x**2
    f.backward()
    by_hand = 14 * x.item()
    return x.grad, by_hand
