import torch

def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    from_autograd = x.grad

    # calculate the derivative myself
    y = 7 * x**2
    by_hand = torch.autograd.grad(y, x)[0]
    return from_autograd, by_hand
