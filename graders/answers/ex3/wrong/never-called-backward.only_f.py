import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        print("f =", f)
        grads.append((x.grad, y.grad))
    return grads

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        print("f =", f)
        grads.append((x.grad, y.grad))
        x.grad = None
        y.grad = None
    return grads

WHY_ZERO = "Otherwise the gradient keeps growing from pass to pass although the function stays the same. Then learning would not converge to the minimum."
