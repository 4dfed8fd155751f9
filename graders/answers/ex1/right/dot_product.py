"""A dot product of coefficients and powers."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    coefficients = torch.tensor([4.0, 3.0])
    powers = torch.stack([z, z * z])
    f = coefficients @ powers
    f.backward()
    print(z.grad)
    return z, f
