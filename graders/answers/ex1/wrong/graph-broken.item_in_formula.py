"""Take the number out of the tensor, then calculate."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    value = z.item()
    f = 3 * value ** 2 + 4 * value
    f.backward()
    print(z.grad)
    return z, f
