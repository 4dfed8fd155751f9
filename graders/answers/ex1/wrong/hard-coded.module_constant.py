"""Settings at the top, so they are easy to change."""
import torch

START = 5.0


def single_variable(z0=START):
    z = torch.tensor([START], requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
