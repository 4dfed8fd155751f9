import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    pairs = []
    n = 0
    while n < passes:
        f = 5*x**2 + x*y + 2*y**3
        f.backward()
        gx, gy = x.grad.clone(), y.grad.clone()
        pairs.append((gx, gy))
        n += 1
    return pairs

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    results = []
    for i in range(passes):
        f = 5*x**2 + x*y + 2*y**3
        f.backward()
        results.append((x.grad.item(), y.grad.item()))
        print("pass", i + 1, results[-1])
        x.grad.zero_()
        y.grad.zero_()
    return results

WHY_ZERO = "so they reset"
