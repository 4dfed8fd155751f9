import torch

def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x * x + x * y + 2 * y * y * y
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    all_grads = []
    for step in range(passes):
        f = 5*x**2 + x*y + 2*y**3
        f.backward()
        gx = x.grad.clone()
        gy = y.grad.clone()
        all_grads.append((gx.item(), gy.item()))
        gx.zero_()
        gy.zero_()
        print("step", step, all_grads[-1])
    return all_grads

WHY_ZERO = "PyTorch adds up gradients in .grad. If we never zero them, the next step mixes old and new gradients and the update is wrong."
