"""Compare the two ways of getting the gradient."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    dz = torch.autograd.grad(f, z)[0]
    f.backward()
    print(dz, z.grad)
    return z, f
