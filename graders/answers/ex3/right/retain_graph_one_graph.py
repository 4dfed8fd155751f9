"""Builds one graph and walks it again with retain_graph=True."""
import torch

WHY_ZERO = "The .grad attribute is a running sum. We zero it in every iteration so that the optimizer does not mix the present gradient with the past ones."


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x**2 + x * y + 2 * y**3
    history = []
    for _ in range(passes):
        f.backward(retain_graph=True)
        history.append((x.grad.clone(), y.grad.clone()))
    return history


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x**2 + x * y + 2 * y**3
    history = []
    for _ in range(passes):
        f.backward(retain_graph=True)
        history.append((x.grad.clone(), y.grad.clone()))
        x.grad.zero_()
        y.grad.zero_()
    return history
