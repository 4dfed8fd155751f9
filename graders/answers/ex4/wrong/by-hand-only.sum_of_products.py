import torch

def product_rule(u, du, v, dv):
    return du * v + u * dv

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0)
    # f = (7x) * x
    from_autograd = product_rule(7 * x, torch.tensor(7.0), x, torch.tensor(1.0))
    by_hand = 14 * x0
    print(from_autograd, by_hand)
    return from_autograd.item(), by_hand
