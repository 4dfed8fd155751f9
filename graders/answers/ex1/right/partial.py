"""functools.partial of a more general function."""
from functools import partial

import torch


def polynomial(a, b, z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = a * z**2 + b * z
    f.backward()
    print(z.grad)
    return z, f


single_variable = partial(polynomial, 3, 4)
