import numpy as np
import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    cube = torch.tensor(np.power(y.detach().numpy(), 3))   # numpy is better at powers
    f = 5 * x ** 2 + x * y + 2 * cube
    f.backward()
    print(x.grad, y.grad)
    return x, y, f
