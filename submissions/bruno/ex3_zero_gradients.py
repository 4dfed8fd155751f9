import torch
from torch import nn

WHY_ZERO = """PyTorch sums gradients into .grad on purpose, so that one can add up several losses or mini-batches.
In a normal training loop that is not what we want: each step should only use the gradient of its own batch.
That is why optimizer.zero_grad() comes once in every iteration."""


class Leaves(nn.Module):
    """x and y as parameters, so that an optimizer can hold them."""

    def __init__(self, x0, y0):
        super().__init__()
        self.x = nn.Parameter(torch.tensor(x0))
        self.y = nn.Parameter(torch.tensor(y0))

    def forward(self):
        return 5 * self.x**2 + self.x * self.y + 2 * self.y**3

    def grads(self):
        return (self.x.grad.item(), self.y.grad.item())


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    model = Leaves(x0, y0)
    out = []
    for i in range(passes):
        model().backward()
        out.append(model.grads())
    return out


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    model = Leaves(x0, y0)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    out = []
    for i in range(passes):
        optimizer.zero_grad()
        model().backward()
        out.append(model.grads())
        # no optimizer.step() here, x and y have to stay the same
    return out
