import torch


def derivative(x):
    """d/dx 7x^2"""
    return 2 * 7 * x


def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    (from_autograd,) = torch.autograd.grad(7 * x**2, x)
    by_hand = derivative(x0)
    assert abs(from_autograd.item() - by_hand) < 1e-3
    return from_autograd, by_hand
