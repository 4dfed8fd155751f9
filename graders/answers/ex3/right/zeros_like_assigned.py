"""Puts a tensor of zeros in place of .grad."""
import torch

WHY_ZERO = "Gradients of different iterations should not be mixed. PyTorch mixes them by adding unless the loop puts zeros there."


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
    x.grad = torch.zeros_like(x)
    y.grad = torch.zeros_like(y)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        x.grad = torch.zeros_like(x)
        y.grad = torch.zeros_like(y)
    return grads
