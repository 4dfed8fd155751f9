import torch

def verify_by_hand(x0: float = 3.0):
    x = torch.tensor([x0], requires_grad=True)
    x = x.squeeze()       # make it a scalar
    f = 7 * x * x
    f.backward()
    from_autograd = x.grad
    return from_autograd, 14 * x0
