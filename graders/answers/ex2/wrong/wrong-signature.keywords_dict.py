import torch


def two_variables(**start):
    x = torch.tensor(start.get("x0", 1.5), requires_grad=True)
    y = torch.tensor(start.get("y0", -2.0), requires_grad=True)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    print(x.grad, y.grad)
    return x, y, f
