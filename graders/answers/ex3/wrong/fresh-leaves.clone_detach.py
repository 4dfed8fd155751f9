import torch

WHY_ZERO = (
    "The gradients are summed over all backward calls. "
    "Without zeroing the optimizer would take steps that are too large and point somewhere else."
)

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5*x**2 + x*y + 2*y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        x = x.clone().detach().requires_grad_(True)
        y = y.clone().detach().requires_grad_(True)
    return grads
