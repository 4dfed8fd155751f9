import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    results = []
    for i in range(passes):
        f = 5*x**2 + x*y + 2*y**3
        f.backward()
        print("pass", i + 1, "x:", x.grad.item(), "y:", y.grad.item())
        results.append((x.grad.item(), y.grad.item()))
    return results

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    k = 0
    while k < passes:
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        x.grad *= 0
        y.grad *= 0
        grads.append((float(x.grad), float(y.grad)))
        k += 1
    return grads

WHY_ZERO = 'zeroing makes every training step independent: the optimizer sees only the gradient of the current loss and not leftovers from before'
