import torch

WHY_DOWNHILL = "The gradient points to where f grows fastest. A small step the other way makes f smaller."


def slope(start=2.0):
    x = torch.tensor(start, requires_grad=True)
    f = x**3 + x
    x.grad = torch.tensor(3 * start**2 + 1)
    return x, f
