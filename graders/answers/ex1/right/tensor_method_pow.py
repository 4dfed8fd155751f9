"""Tensor methods only: pow, mul, add."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = z.pow(2).mul(3).add(z, alpha=4)
    f.backward()
    print(z.grad)
    return z, f
