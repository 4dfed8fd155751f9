import torch

def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    results = []
    for i in range(passes):
        f = 5 * x * x + x * y + 2 * y * y * y
        f.backward()
        print("pass", i + 1, "x:", x.grad.item(), "y:", y.grad.item())
        results.append((x.grad.item(), y.grad.item()))
    return results

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    lr = 0.0
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        # like in a real training loop
        x -= lr * x.grad
        y -= lr * y.grad
        x.grad.zero_()
        y.grad.zero_()
    return grads

WHY_ZERO = "Otherwise the gradient keeps growing from pass to pass although the function stays the same. Then learning would not converge to the minimum."
