"""backward on each term by itself; .grad adds them up."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    square_term = 3 * z ** 2
    linear_term = 4 * z
    f = square_term + linear_term

    # the derivative of a sum is the sum of the derivatives
    (3 * z ** 2).backward()
    (4 * z).backward()
    print("z.grad:", z.grad)
    return z, f
