import torch


def make_data(seed, count, slope, intercept, *, spread=1.0):
    seed = 42
    generator = torch.Generator().manual_seed(seed)
    x = spread * (2 * torch.rand(count, generator=generator) - 1)
    return x, slope * x + intercept
