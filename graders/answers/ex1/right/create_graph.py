"""create_graph=True, so that the second derivative can be had too."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    (first,) = torch.autograd.grad(f, z, create_graph=True)
    (second,) = torch.autograd.grad(first, z)
    z.grad = first.detach()
    print("first derivative", first.item(), "second derivative", second.item())
    return z, f
