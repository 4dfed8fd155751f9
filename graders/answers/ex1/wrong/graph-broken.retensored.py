"""f should be a tensor, so I wrap the result in torch.tensor."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = torch.tensor(3 * z.item() ** 2 + 4 * z.item(), requires_grad=True)
    f.backward()
    print(z.grad)
    return z, f
