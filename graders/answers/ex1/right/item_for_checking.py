"""Checks its own answer by hand afterwards, with .item() and no_grad."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    with torch.no_grad():
        by_hand = 6 * z.item() + 4
        difference = (z.grad - by_hand).abs()
    print("autograd:", z.grad.item(), "by hand:", by_hand, "difference:", difference.item())
    return z, f
