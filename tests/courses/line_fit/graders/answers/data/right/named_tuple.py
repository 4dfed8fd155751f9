from typing import NamedTuple

import torch


class Data(NamedTuple):
    x: torch.Tensor
    y: torch.Tensor


def line(x, slope, intercept):
    return torch.stack([x, torch.ones_like(x)], dim=1) @ torch.tensor([slope, intercept])


def make_data(seed, count, slope, intercept, *, spread=1.0):
    torch.random.manual_seed(seed)
    x = torch.distributions.Uniform(-spread, spread).sample((count,))
    print("drew", count, "points")
    return Data(x, line(x, slope, intercept))
