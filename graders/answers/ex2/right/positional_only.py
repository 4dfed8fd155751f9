"""Positional-only parameters with annotations."""
from __future__ import annotations

import torch
from torch import Tensor


def two_variables(x0: float = 1.5, y0: float = -2.0, /) -> tuple[Tensor, Tensor, Tensor]:
    x: Tensor = torch.tensor(x0, requires_grad=True)
    y: Tensor = torch.tensor(y0, requires_grad=True)
    f: Tensor = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    print(x.grad, y.grad, sep="\n")
    return x, y, f
