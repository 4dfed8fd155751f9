import torch

def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    y = 7 * torch.square(x)
    from_autograd = x.grad.clone()
    y.backward()
    by_hand = 7 * 2 * x0
    return (from_autograd, by_hand)
