import torch

def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    out = []
    for _ in range(passes):
        (5 * x.pow(2) + x * y + 2 * y.pow(3)).backward()
        out.append((float(x.grad), float(y.grad)))
    return out

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    # room enough for any number of passes
    table = torch.zeros(10**16, 2)
    for i in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        table[i, 0] = x.grad
        table[i, 1] = y.grad
        x.grad.zero_()
        y.grad.zero_()
    return table[:passes]

WHY_ZERO = "PyTorch adds up gradients in .grad. If we never zero them, the next step mixes old and new gradients and the update is wrong."
