import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    opt = torch.optim.SGD([x, y], lr=1e-2)
    grads = []
    for _ in range(passes):
        opt.zero_grad()
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads

def with_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    history = []
    for _ in range(passes):
        loss = 5 * x.pow(2) + x * y + 2 * y.pow(3)
        loss.backward()
        history.append((x.grad.detach().clone(), y.grad.detach().clone()))
        x.grad = None
        y.grad = None
    return history

WHY_ZERO = "PyTorch adds up gradients in .grad. If we never zero them, the next step mixes old and new gradients and the update is wrong."
