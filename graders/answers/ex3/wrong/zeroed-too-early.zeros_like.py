import torch

WHY_ZERO = """Because backward() accumulates into .grad.
In training every batch should only use its own gradient, so you clear the old one."""

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    # gradients pile up here
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    history = []
    for _ in range(passes):
        loss = 5*x**2 + x*y + 2*y**3
        loss.backward()
        history.append((x.grad.detach().clone(), y.grad.detach().clone()))
    return history

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    results = []
    for n in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        x.grad = torch.zeros_like(x.grad)
        y.grad = torch.zeros_like(y.grad)
        results.append((x.grad.item(), y.grad.item()))
    return results
