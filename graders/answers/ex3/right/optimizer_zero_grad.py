"""Uses an SGD optimizer only for its zero_grad (never steps)."""
import torch
from torch import optim

WHY_ZERO = "The optimizer reads .grad when it steps. Because backward accumulates, without zero_grad the step would use the sum over all earlier batches and not the current one."


def compute(x, y):
    return 5 * x**2 + x * y + 2 * y**3


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    record = []
    for _ in range(passes):
        compute(x, y).backward()
        record.append((x.grad.item(), y.grad.item()))
    return record


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    optimizer = optim.SGD([x, y], lr=0.1)
    record = []
    for _ in range(passes):
        optimizer.zero_grad()
        compute(x, y).backward()
        record.append((x.grad.item(), y.grad.item()))
    return record
