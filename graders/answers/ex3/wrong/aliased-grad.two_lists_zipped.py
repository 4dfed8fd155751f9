import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    xs, ys = [], []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        xs.append(x.grad)
        ys.append(y.grad)
    return [(a.item(), b.item()) for a, b in zip(xs, ys)]

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    xs, ys = [], []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        xs.append(x.grad)
        ys.append(y.grad)
        x.grad.zero_()
        y.grad.zero_()
    return [(a.item(), b.item()) for a, b in zip(xs, ys)]

WHY_ZERO = "Otherwise the gradient keeps growing from pass to pass although the function stays the same. Then learning would not converge to the minimum."
