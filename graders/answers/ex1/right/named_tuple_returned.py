"""A named tuple in place of a tuple."""
from typing import NamedTuple

import torch


class Result(NamedTuple):
    z: torch.Tensor
    f: torch.Tensor


def single_variable(z0: float = 5.0) -> Result:
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    return Result(z=z, f=f)
