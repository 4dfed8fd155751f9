import torch

WHY_ZERO = "We zero the gradients because backward accumulates them, and each update should use fresh gradients only."


def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    history = []
    for step in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        history.append((x.grad.item(), y.grad.item()))
    return history


def with_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    history = []
    for step in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        history.append((x.grad.item(), y.grad.item()))
        x.grad.zero_()
        y.grad.zero_()
    return history
