"""I use a small starting value so that the numbers stay readable."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(2.0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
