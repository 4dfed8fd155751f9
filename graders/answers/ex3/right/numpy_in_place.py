"""The NumPy views multiplied by zero."""
import torch


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
    for i in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append([float(x.grad), float(y.grad)])
        view = x.grad.numpy()
        view *= 0
        view = y.grad.numpy()
        view *= 0
    return grads


WHY_ZERO = "Backward adds to what is already stored in grad. Without zeroing, each training step would also use the old gradients."
