"""A 1×1 matrix as the leaf, f summed to a scalar."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor([[z0]], requires_grad=True)
    f = (3 * z @ z + 4 * z).sum()
    f.backward()
    print(z.grad)
    return z, f
