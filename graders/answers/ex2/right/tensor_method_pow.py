"""torch functions only: pow, mul, add, addcmul."""
import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = torch.addcmul(torch.mul(5, torch.pow(x, 2)), x, y)
    f = torch.add(f, torch.pow(y, 3), alpha=2)
    f.backward()
    print(x.grad, y.grad)
    return x, y, f
