import torch

def f(x):
    return 7 * x.data ** 2

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    out = f(x)
    out.requires_grad = True
    out.backward()
    print(x.grad)
    return x.grad, 14 * x0
