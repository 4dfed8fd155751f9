import torch

def derivative(x):
    # x^2 -> 2x
    return 2 * x

def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    return x.grad, derivative(x0)
