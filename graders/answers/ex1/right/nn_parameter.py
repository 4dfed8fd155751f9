"""nn.Parameter as the leaf."""
import torch
from torch import nn


def single_variable(z0=5.0):
    z = nn.Parameter(torch.tensor(z0))
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print("dz:", z.grad.item())
    return z, f
