"""backward complained that f does not require grad, so I switched it on for f."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0)
    f = 3 * z ** 2 + 4 * z
    f.requires_grad_(True)
    f.backward()
    print(z.grad)
    return z, f
