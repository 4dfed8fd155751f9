import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    from_autograd = x.grad
    by_hand = from_autograd.clone()
    print(from_autograd, by_hand, from_autograd == by_hand)
    return from_autograd, by_hand
