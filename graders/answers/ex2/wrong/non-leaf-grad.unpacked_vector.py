"""x and y are the two entries of one vector."""
import torch


def two_variables(x0=1.5, y0=-2.0):
    p = torch.tensor([x0, y0], requires_grad=True)
    x, y = p[0], p[1]
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    print(x.grad, y.grad)
    return x, y, f
