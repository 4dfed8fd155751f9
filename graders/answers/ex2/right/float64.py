"""float64 leaves, from NumPy scalars."""
import numpy as np
import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.from_numpy(np.array(x0)).requires_grad_()
    y = torch.from_numpy(np.array(y0)).requires_grad_()
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    print(x.grad.numpy(), y.grad.numpy())
    return x, y, f
