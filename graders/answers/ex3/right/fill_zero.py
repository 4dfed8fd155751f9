"""Fills .grad with zero by fill_."""
import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for p in range(passes):
        f = 5*x*x + x*y + 2*y*y*y
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for p in range(passes):
        f = 5*x*x + x*y + 2*y*y*y
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        x.grad.fill_(0)
        y.grad.fill_(0.0)
    return grads

WHY_ZERO = "If I don't zero them the old gradient is still in .grad and the new one is added on top. Then my weight update is not the slope at the current point any more."
