import torch

def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x**2 + x * y + 2 * y**3
    f.backward()
    print(x.grad, y.grad)
    return x, y, f

def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    results = []
    for i in range(passes):
        f = 5 * x.pow(2) + x * y + 2 * y.pow(3)
        f.backward()
        print("pass", i + 1, "x:", x.grad.item(), "y:", y.grad.item())
        results.append((x.grad.item(), y.grad.item()))
    return results

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    grads = []
    for _ in range(passes):
        x, y, f = two_variables(x0, y0)
        grads.append((x.grad, y.grad))
    return grads

WHY_ZERO = "In each iteration the model has new weights, so the old gradient is out of date. It must be removed before the new one is added on top."
