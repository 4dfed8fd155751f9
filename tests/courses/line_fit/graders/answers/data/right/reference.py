"""Reference: a generator of its own for each draw."""

import torch


def drawn(seed, count):
    return torch.rand(count, generator=torch.Generator().manual_seed(seed))


def make_data(seed: int, count: int, slope: float, intercept: float, *, spread: float = 1.0):
    x = spread * (2 * drawn(seed, count) - 1)
    y = slope * x + intercept
    return x, y
