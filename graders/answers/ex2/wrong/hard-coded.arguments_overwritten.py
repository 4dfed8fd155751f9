import torch


def two_variables(x0, y0):
    x0, y0 = 1.5, -2.0
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    print("dx", x.grad, "dy", y.grad)
    return x, y, f
