import torch

WHY_ZERO = "because they accumulate"

def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for i in range(passes):
        f = 5*x**2 + x*y + 2*y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        x.grad.zero_()
        y.grad.zero_()
    return grads

def with_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for i in range(passes):
        f = 5*x**2 + x*y + 2*y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        x.grad.zero_()
        y.grad.zero_()
    return grads
