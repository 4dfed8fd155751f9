"""Work on a copy so that the original stays as it is."""
import torch


def single_variable(z0=5.0):
    original = torch.tensor(z0, requires_grad=True)
    z = original.clone()
    z.retain_grad()   # without this it warned about .grad
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
