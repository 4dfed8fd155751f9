import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    first = torch.tensor(5 * x.item() ** 2)
    second = torch.tensor(x.item() * y.item())
    third = torch.tensor(2 * y.item() ** 3)
    f = (first + second + third).requires_grad_()
    f.backward()
    print(x.grad, y.grad)
    return x, y, f
