"""retain_graph=True, with one backward."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward(retain_graph=True)
    print(z.grad)
    return z, f
