import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0)
    y = torch.tensor(y0)
    x_grad = torch.tensor(0.0)
    y_grad = torch.tensor(0.0)
    grads = []
    for _ in range(passes):
        # partial derivatives
        x_grad = x_grad + (10 * x + y)
        y_grad = y_grad + (x + 6 * y**2)
        grads.append((x_grad, y_grad))
    return grads

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0)
    y = torch.tensor(y0)
    grads = []
    for _ in range(passes):
        x_grad = 10 * x + y
        y_grad = x + 6 * y**2
        grads.append((x_grad, y_grad))
    return grads

WHY_ZERO = (
    "The gradients are summed over all backward calls. "
    "Without zeroing the optimizer would take steps that are too large and point somewhere else."
)
