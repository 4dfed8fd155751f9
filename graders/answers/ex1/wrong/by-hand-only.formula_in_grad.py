"""The derivative of 3z² + 4z is 6z + 4."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    z.grad = torch.tensor(6 * z0 + 4)
    print(z.grad)
    return z, f
