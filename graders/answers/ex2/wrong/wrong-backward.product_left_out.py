import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    fx = 5 * x ** 2
    fy = 2 * y ** 3
    f = fx + x * y + fy
    fx.backward(retain_graph=True)
    fy.backward(retain_graph=True)
    print(x.grad, y.grad)
    return x, y, f
