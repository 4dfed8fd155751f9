import torch

def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    pairs = []
    n = 0
    while n < passes:
        f = 5 * x.pow(2) + x * y + 2 * y.pow(3)
        f.backward()
        gx, gy = x.grad.clone(), y.grad.clone()
        pairs.append((gx, gy))
        n += 1
    return pairs

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    results = []
    for n in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        print("after backward:", x.grad.item(), y.grad.item())
        x.grad.fill_(0)
        y.grad.fill_(0)
        print("after zeroing:", x.grad.item(), y.grad.item())
        results.append((x.grad.item(), y.grad.item()))
    return results

WHY_ZERO = (
    "The gradients are summed over all backward calls. "
    "Without zeroing the optimizer would take steps that are too large and point somewhere else."
)
