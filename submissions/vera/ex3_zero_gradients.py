import torch

WHY_ZERO = (
    "zero_grad removes the gradient of the step before. "
    "Without it the gradients of all steps are summed and the learning rate looks much larger than it is."
)


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
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
        gx, gy = x.grad.clone(), y.grad.clone()
        grads.append((gx, gy))
        gx.zero_()
        gy.zero_()
    return grads
