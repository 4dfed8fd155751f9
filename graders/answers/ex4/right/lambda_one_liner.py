"""A lambda over small helpers."""
import torch

f = lambda x: 7 * x**2
df = lambda x: 14 * x


def slope(t):
    f(t).backward()
    return t.grad


verify_by_hand = lambda x0=3.0: (slope(torch.tensor(x0, requires_grad=True)), df(x0))
