import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    print("before backward:", x.grad.item())
    f.backward()
    print("after backward:", x.grad.item())
    return x.grad.item(), 14 * x0
