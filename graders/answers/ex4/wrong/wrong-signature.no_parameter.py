import torch

def verify_by_hand():
    x = torch.tensor(3.0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    return x.grad, 14 * 3.0
