"""The plain reference: two leaves, the formula, backward, print."""
import torch


def two_variables(x0: float = 1.5, y0: float = -2.0):
    """Return the leaves x, y and f = 5x² + xy + 2y³, with x.grad and y.grad filled."""
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x**2 + x * y + 2 * y**3
    f.backward()
    print(x.grad, y.grad)
    return x, y, f
