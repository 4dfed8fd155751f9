import torch

def start(x0, y0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    return x, y

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    out = []
    for _ in range(passes):
        (5 * x**2 + x * y + 2 * y**3).backward()
        out.append((float(x.grad), float(y.grad)))
    return out

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    grads = []
    for _ in range(passes):
        x, y = start(x0, y0)   # gradients are empty again
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad, y.grad))
    return grads

WHY_ZERO = """Because backward() accumulates into .grad.
In training every batch should only use its own gradient, so you clear the old one."""
