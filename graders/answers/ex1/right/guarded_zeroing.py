"""Zeroes .grad before backward, where there is one."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    print("before:", z.grad)
    if z.grad is not None:
        z.grad.zero_()
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print("after:", z.grad)
    return z, f
