import torch

def run_backward(f):
    f.backward()

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    from_autograd = x.grad.item()
    return from_autograd, 14 * x0
