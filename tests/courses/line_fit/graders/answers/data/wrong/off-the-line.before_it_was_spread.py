import torch


def make_data(seed, count, slope, intercept, *, spread=1.0):
    torch.manual_seed(seed)
    x = 2 * torch.rand(count) - 1
    y = slope * x + intercept
    return x * spread, y
