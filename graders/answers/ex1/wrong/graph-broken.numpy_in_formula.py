"""NumPy for the maths, torch for the gradient."""
import numpy as np
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    n = z.detach().numpy()
    f = torch.from_numpy(np.asarray(3 * np.power(n, 2) + 4 * n))
    f.requires_grad_()
    f.backward()
    print(z.grad)
    return z, f
