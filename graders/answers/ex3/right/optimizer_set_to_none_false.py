"""Adam's zero_grad(set_to_none=False) after recording clones."""
import torch


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    res = []
    for _ in range(passes):
        loss = 5 * x ** 2 + x * y + 2 * y ** 3
        loss.backward()
        res.append([x.grad.clone(), y.grad.clone()])
    return res


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    opt = torch.optim.Adam([x, y])
    res = []
    for _ in range(passes):
        loss = 5 * x ** 2 + x * y + 2 * y ** 3
        loss.backward()
        res.append([x.grad.clone(), y.grad.clone()])
        opt.zero_grad(set_to_none=False)
    return res


WHY_ZERO = "Gradients accumulate by default. You zero them so each iteration of training only sees its own gradient; otherwise the steps get bigger and bigger."
