import torch


def make_data(seed, count, slope, intercept, *, spread=1.0):
    x = spread * torch.randn(count, generator=torch.Generator().manual_seed(seed))
    return x, slope * x + intercept
