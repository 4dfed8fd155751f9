"""The leaf is a detached clone, marked afterwards."""
import torch


def single_variable(z0=5.0):
    start = torch.tensor(z0)
    z = start.clone().detach().requires_grad_(True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad.detach().clone().numpy())
    return z, f
