"""No clone anywhere: .grad is replaced, so what was recorded stays."""
import torch


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad, y.grad))
        x.grad = x.grad + 0  # goes on with a new tensor of the same value
        y.grad = y.grad + 0
    return grads


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad, y.grad))
        x.grad = y.grad = None
    return grads


WHY_ZERO = "Autograd adds new gradients to existing ones. To train on one batch at a time you drop the existing ones before the next backward."
