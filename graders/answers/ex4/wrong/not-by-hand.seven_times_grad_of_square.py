import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    from_autograd = x.grad.clone()

    # constant factor rule: (7 * x^2)' = 7 * (x^2)'
    x.grad.zero_()
    square = x**2
    square.backward()
    by_hand = 7 * x.grad
    return from_autograd, by_hand
