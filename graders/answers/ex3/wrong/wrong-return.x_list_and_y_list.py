import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    x_grads = []
    y_grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        x_grads.append(x.grad.item())
        y_grads.append(y.grad.item())
    return x_grads, y_grads

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    x_grads = []
    y_grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        x_grads.append(x.grad.item())
        y_grads.append(y.grad.item())
        x.grad.zero_()
        y.grad.zero_()
    return x_grads, y_grads

WHY_ZERO = "PyTorch adds up gradients in .grad. If we never zero them, the next step mixes old and new gradients and the update is wrong."
