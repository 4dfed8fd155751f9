import torch

def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7*x**2
    f.backward()
    # at x = 3: 14 * 3 = 42
    return x.grad, 42.0
