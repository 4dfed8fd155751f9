"""bfloat16 leaves."""
import torch

DTYPE = torch.bfloat16


def two_variables(x0=1.5, y0=-2.0):
    x, y = (torch.tensor(v, dtype=DTYPE, requires_grad=True) for v in (x0, y0))
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    print(x.grad, y.grad)
    return x, y, f
