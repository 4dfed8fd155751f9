"""Returns one tensor of shape (passes, 2)."""
import torch


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    rows = []
    for _ in range(passes):
        (5 * x**2 + x * y + 2 * y**3).backward()
        rows.append(torch.stack((x.grad, y.grad)))
    return torch.stack(rows)


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    rows = []
    for _ in range(passes):
        (5 * x**2 + x * y + 2 * y**3).backward()
        rows.append([x.grad.item(), y.grad.item()])
        x.grad.zero_()
        y.grad.zero_()
    return torch.tensor(rows)


WHY_ZERO = "PyTorch accumulates gradients, which is useful for some tricks. In the ordinary loop you want a fresh gradient for every step, so you zero it."
