"""An nn.Module with a ParameterDict."""
import torch
from torch import nn


class Surface(nn.Module):
    def __init__(self, **values):
        super().__init__()
        self.p = nn.ParameterDict({k: nn.Parameter(torch.tensor(v)) for k, v in values.items()})

    def forward(self):
        return 5 * self.p["x"] ** 2 + self.p["x"] * self.p["y"] + 2 * self.p["y"] ** 3


def two_variables(x0=1.5, y0=-2.0):
    surface = Surface(x=x0, y=y0)
    f = surface()
    f.backward()
    for name, p in surface.p.items():
        print(name, p.grad.item())
    return surface.p["x"], surface.p["y"], f
