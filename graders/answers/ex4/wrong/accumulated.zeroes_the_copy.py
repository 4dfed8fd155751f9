import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    (7 * x**2).backward()
    first = x.grad.clone()
    print("first try", first)
    x.grad.clone().zero_()
    (7 * x**2).backward()
    second = x.grad.clone()
    print("second try", second)
    return second, 14 * x0
