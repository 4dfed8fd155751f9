"""An nn.Module holds the parameter; forward is the formula."""
import torch
import torch.nn as nn


class Quadratic(nn.Module):
    def __init__(self, start):
        super().__init__()
        self.z = nn.Parameter(torch.tensor(float(start)))

    def forward(self):
        return 3 * self.z.square() + 4 * self.z


def single_variable(z0: float = 5.0):
    model = Quadratic(z0)
    model.zero_grad()
    f = model()
    f.backward()
    for name, p in model.named_parameters():
        print(name, p.grad)
    return model.z, f
