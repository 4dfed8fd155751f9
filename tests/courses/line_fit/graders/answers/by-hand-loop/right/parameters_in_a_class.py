import torch
from torch import nn

WHY_AGAINST = (
    "The gradient points to where the loss grows fastest, so a small step the other way makes it smaller. "
    "Stepping with the gradient would climb, and the line would get worse with each step."
)


class Line:
    def __init__(self):
        self.parameters = [nn.Parameter(torch.zeros(())), nn.Parameter(torch.zeros(()))]

    def __call__(self, x):
        w, b = self.parameters
        return w * x + b

    @torch.no_grad()
    def step(self, lr):
        for parameter in self.parameters:
            parameter += -lr * parameter.grad
            parameter.grad.zero_()


def fit_by_hand(x, y, lr, steps):
    line, losses = Line(), []
    while len(losses) < steps:
        loss = torch.mean((y - line(x)) ** 2)
        loss.backward()
        line.step(lr)
        losses.append(float(loss))
    return *line.parameters, tuple(losses)
