import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    # derivative of 7 times x^2 plus 7 times derivative
    by_hand = 14 * x0 + 7
    return x.grad, by_hand
