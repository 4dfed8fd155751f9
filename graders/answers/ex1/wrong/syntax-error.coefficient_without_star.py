"""f is 3z squared plus 4z"""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3z**2 + 4z
    f.backward()
    print(z.grad)
    return z, f
