"""Exercise 1, with z = 5 as in the article."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(5.0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
