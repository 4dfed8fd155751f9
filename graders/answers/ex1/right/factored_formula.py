"""The formula in factored form, z(3z + 4)."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = z * (3 * z + 4)
    f.backward()
    print(z.grad)
    return z, f
