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
    x = torch.tensor(x0)
    y = torch.tensor(y0)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        x.requires_grad_(True)
        y.requires_grad_(True)
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        x.grad.zero_()
        y.grad.zero_()
    return grads

WHY_ZERO = "PyTorch adds up gradients in .grad. If we never zero them, the next step mixes old and new gradients and the update is wrong."
