"""Small helper functions for each step."""
import torch


def make_leaf(value):
    return torch.tensor(value, requires_grad=True)


def compute(z):
    return 3 * z ** 2 + 4 * z


def show(t):
    print(f"gradient is {t.grad.item():.4f}")


def single_variable(z0=5.0):
    leaf = make_leaf(z0)
    out = compute(leaf)
    out.backward()
    show(leaf)
    return leaf, out
