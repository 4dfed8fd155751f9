"""f and its derivative f'."""
import torch


def func(z):
    return 3 * z ** 2 + 4 * z


def derivative(z):
    return 6 * z + 4


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = func(z)
    z.grad = derivative(z).detach()
    print(f"gradient: {z.grad}")
    return z, f
