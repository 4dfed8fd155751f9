import torch

def compute_f(x, y):
    return 5 * x ** 2 + x * y + 2 * y ** 3

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    results = []
    for i in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        print("pass", i + 1, "x:", x.grad.item(), "y:", y.grad.item())
        results.append((x.grad.item(), y.grad.item()))
    return results

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    out = []
    for _ in range(passes):
        f = compute_f(x, y)
        f.backward()
        out.append((x.grad.clone(), y.grad.clone()))
        f.data.zero_()   # start again from zero
    return out

WHY_ZERO = """Because backward() accumulates into .grad.
In training every batch should only use its own gradient, so you clear the old one."""
