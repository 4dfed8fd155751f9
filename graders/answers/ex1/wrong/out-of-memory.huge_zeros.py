"""Make enough room for all the gradients."""
import torch


def single_variable(z0=5.0):
    history = torch.zeros(10**12)
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    history[0] = z.grad
    print(z.grad)
    return z, f
