"""Sets .grad to None instead of zeroing it."""
import torch


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    out = []
    for i in range(passes):
        f = 5 * x.pow(2) + x * y + 2 * y.pow(3)
        f.backward()
        print("pass", i + 1, x.grad, y.grad)
        out.append((x.grad.clone(), y.grad.clone()))
    return out


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    out = []
    for i in range(passes):
        f = 5 * x.pow(2) + x * y + 2 * y.pow(3)
        f.backward()
        print("pass", i + 1, x.grad, y.grad)
        out.append((x.grad.clone(), y.grad.clone()))
        x.grad = None
        y.grad = None
    return out


WHY_ZERO = """PyTorch sums gradients into .grad every time backward runs.
If we do not clear them, the optimizer step uses old gradients together with the new ones."""
