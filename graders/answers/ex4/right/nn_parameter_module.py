"""An nn.Module with one parameter."""
import torch
from torch import nn


class Quadratic(nn.Module):
    def __init__(self, start):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(start))

    def forward(self):
        return 7 * self.weight**2

    def derivative(self):
        return 14 * self.weight.item()


def verify_by_hand(x0: float = 3.0):
    model = Quadratic(x0)
    model().backward()
    return model.weight.grad, model.derivative()
