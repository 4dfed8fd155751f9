import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    dfdx = 10 * x + y
    dfdy = x + 6 * y ** 2
    x.grad = dfdx.detach()
    y.grad = dfdy.detach()
    print("x:", x.grad.item())
    print("y:", y.grad.item())
    return x, y, f
