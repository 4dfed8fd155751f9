import torch

def derivative(x):
    return 14 * x

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    print("x.grad is", x.grad)
    from_autograd = derivative(x.detach())
    by_hand = derivative(x0)
    return from_autograd, by_hand
