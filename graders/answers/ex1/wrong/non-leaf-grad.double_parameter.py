import torch
import torch.nn as nn


def single_variable(z0=5.0):
    z = nn.Parameter(torch.tensor(z0)).double()
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
