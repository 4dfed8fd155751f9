"""Records rounded Python numbers."""
import torch

WHY_ZERO = "A training loop calls backward many times on the same weights. Each call adds to .grad, therefore it is cleared between the calls."


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((round(x.grad.item(), 6), round(y.grad.item(), 6)))
    return grads


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((round(x.grad.item(), 6), round(y.grad.item(), 6)))
        x.grad.zero_()
        y.grad.zero_()
    return grads
