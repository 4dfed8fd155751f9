"""The plain reference: one leaf, the formula, backward, print."""
import torch


def single_variable(z0: float = 5.0):
    """Return the leaf z and f = 3z² + 4z, with z.grad filled."""
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z**2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
