"""With a __main__ block."""
import torch


def two_variables(x0: float = 1.5, y0: float = -2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    print("x.grad", x.grad)
    print("y.grad", y.grad)
    return x, y, f


if __name__ == "__main__":
    x, y, f = two_variables()
    assert x.grad.item() == 13.0
    assert y.grad.item() == 25.5
    print("all good", f)
