"""torch.autograd.backward instead of the method."""
import torch
import torch.autograd as ag


def single_variable(z0=5.0):
    z = torch.full((), z0, requires_grad=True)
    f = 3 * torch.square(z) + 4 * z
    ag.backward([f])
    print(z.grad)
    return z, f
