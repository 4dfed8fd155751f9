"""The leaf filled in place under no_grad, before it is used."""
import torch


def single_variable(z0=5.0):
    z = torch.zeros((), requires_grad=True)
    with torch.no_grad():
        z.fill_(z0)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
