"""Records Python floats by .item()."""
import torch


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0).requires_grad_()
    y = torch.tensor(y0).requires_grad_()
    results = []
    count = 0
    while count < passes:
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        results.append((x.grad.item(), y.grad.item()))
        count += 1
    return results


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0).requires_grad_()
    y = torch.tensor(y0).requires_grad_()
    results = []
    count = 0
    while count < passes:
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        results.append((x.grad.item(), y.grad.item()))
        x.grad.zero_()
        y.grad.zero_()
        count += 1
    return results


WHY_ZERO = "Since autograd accumulates gradients, not clearing them would make every update depend on all former batches. The parameters would overshoot."
