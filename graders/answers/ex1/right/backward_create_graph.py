"""f.backward(create_graph=True); .grad carries a graph of its own."""
import warnings

import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        f.backward(create_graph=True)
    print(z.grad)
    return z, f
