"""torch.autograd.grad of both, put into .grad."""
import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    for leaf, g in zip((x, y), torch.autograd.grad(f, (x, y))):
        leaf.grad = g
        print(leaf.grad)
    return x, y, f
