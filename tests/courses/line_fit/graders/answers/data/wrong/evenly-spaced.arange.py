import torch


def make_data(seed, count, slope, intercept, *, spread=1.0):
    x = spread * (2 * torch.arange(count) / count - 1)
    return x, slope * x + intercept
