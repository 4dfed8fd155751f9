"""enable_grad within no_grad, and a check by hand afterwards."""
import torch


def two_variables(x0=1.5, y0=-2.0):
    with torch.no_grad():
        x = torch.tensor(x0, requires_grad=True)
        y = torch.tensor(y0, requires_grad=True)
        with torch.enable_grad():
            f = 5 * x ** 2 + x * y + 2 * y ** 3
        f.backward()
        print("check:", 10 * x + y, x + 6 * y ** 2)
    print(x.grad, y.grad)
    return x, y, f
