"""Always zero the gradients first (from the training loop lecture)."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    z.grad.zero_()
    f.backward()
    print(z.grad)
    return z, f
