import torch

WHY_ZERO = ""

def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    out = []
    for _ in range(passes):
        (5 * x.pow(2) + x * y + 2 * y.pow(3)).backward()
        out.append((float(x.grad), float(y.grad)))
    return out

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
