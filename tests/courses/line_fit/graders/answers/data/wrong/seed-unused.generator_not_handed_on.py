import torch


def make_data(seed, count, slope, intercept, *, spread=1.0):
    generator = torch.Generator().manual_seed(seed)
    x = spread * (2 * torch.rand(count) - 1)
    y = slope * x + intercept
    return x, y
