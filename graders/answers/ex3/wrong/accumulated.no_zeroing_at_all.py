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

def with_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for i in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads

WHY_ZERO = 'zeroing makes every training step independent: the optimizer sees only the gradient of the current loss and not leftovers from before'
