import torch

WHY_DOWNHILL = "The gradient points to where f grows fastest. A small step the other way makes f smaller."


def slope(x0=2.0):
    x = torch.tensor(x0, requires_grad=True)
    f = x**3 + x
    return x, f
