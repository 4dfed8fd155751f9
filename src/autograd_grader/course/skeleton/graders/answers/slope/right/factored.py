import torch

WHY_DOWNHILL = "Along the gradient f grows, and so against it f must become smaller, if the step is small."


def slope(start=2.0):
    x = torch.tensor([start], dtype=torch.float64, requires_grad=True)
    f = x * (x * x + 1)
    torch.autograd.backward(f)
    return [x, f]
