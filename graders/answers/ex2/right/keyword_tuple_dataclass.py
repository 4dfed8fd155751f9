"""A dataclass keeps the leaves; the function returns them as a tuple."""
from dataclasses import astuple, dataclass, fields

import torch


@dataclass
class Point:
    x: float
    y: float

    def leaves(self):
        return {f.name: torch.tensor(getattr(self, f.name), requires_grad=True) for f in fields(self)}


def two_variables(x0=1.5, y0=-2.0):
    point = Point(x0, y0)
    leaves = point.leaves()
    x, y = leaves["x"], leaves["y"]
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    print("at", astuple(point), "gradient", tuple(t.grad.item() for t in leaves.values()))
    return x, y, f
