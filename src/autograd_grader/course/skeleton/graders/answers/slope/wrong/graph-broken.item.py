import torch

WHY_DOWNHILL = "The gradient points to where f grows fastest. A small step the other way makes f smaller."


def slope(start=2.0):
    x = torch.tensor(start, requires_grad=True)
    f = torch.tensor(x.item() ** 3 + x.item(), requires_grad=True)
    f.backward()
    return x, f
