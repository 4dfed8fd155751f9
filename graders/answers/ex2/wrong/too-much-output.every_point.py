"""Print the whole surface."""
import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    for i in range(2000):
        print(" ".join(f"f({i},{j})={5 * i * i + i * j + 2 * j ** 3}" for j in range(2500)))
    print(x.grad, y.grad)
    return x, y, f
