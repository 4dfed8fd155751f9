"""Half precision leaves."""
import torch


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, dtype=torch.half, requires_grad=True)
    y = torch.tensor(y0, dtype=torch.half, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x * x + x * y + 2 * y * y * y
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, dtype=torch.half, requires_grad=True)
    y = torch.tensor(y0, dtype=torch.half, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x * x + x * y + 2 * y * y * y
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        x.grad.zero_()
        y.grad.zero_()
    return grads


WHY_ZERO = "Otherwise gradients from earlier batches remain and are added to the new ones. In low precision they could even overflow after a while."
