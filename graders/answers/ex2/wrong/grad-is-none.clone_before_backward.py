"""Save the gradients, then backward."""
import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    gx, gy = x.grad.clone(), y.grad.clone()
    f.backward()
    print(gx, gy)
    return x, y, f
