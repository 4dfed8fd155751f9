"""Double precision leaves."""
import torch

DTYPE = torch.float64


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, dtype=DTYPE, requires_grad=True)
    y = torch.tensor(y0, dtype=DTYPE, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, dtype=DTYPE, requires_grad=True)
    y = torch.tensor(y0, dtype=DTYPE, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        x.grad.zero_()
        y.grad.zero_()
    return grads


WHY_ZERO = "The gradient buffers keep their content between iterations. Training needs the gradient of one batch at a time, so the buffers are emptied."
