"""A small nn.Module, zeroed by model.zero_grad()."""
import torch
import torch.nn as nn


class Model(nn.Module):
    def __init__(self, x0, y0):
        super().__init__()
        self.x = nn.Parameter(torch.tensor(x0))
        self.y = nn.Parameter(torch.tensor(y0))

    def forward(self):
        return 5 * self.x**2 + self.x * self.y + 2 * self.y**3


def _run(x0, y0, passes, zero):
    model = Model(x0, y0)
    grads = []
    for _ in range(passes):
        loss = model()
        loss.backward()
        grads.append(tuple(p.grad.clone() for p in model.parameters()))
        if zero:
            model.zero_grad()
    return grads


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    return _run(x0, y0, passes, zero=False)


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    return _run(x0, y0, passes, zero=True)


WHY_ZERO = "model.zero_grad() throws away the gradients of the last batch. Otherwise backward would add the new ones to them and training would go wrong."
