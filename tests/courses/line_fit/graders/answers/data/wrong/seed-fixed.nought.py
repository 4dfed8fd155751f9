import torch


def make_data(seed, count, slope, intercept, *, spread=1.0):
    torch.manual_seed(0)
    x = spread * (2 * torch.rand(count) - 1)
    return x, slope * x + intercept
