import torch


def make_data(seed, count, slope, intercept, *, spread=1.0):
    x = spread * (2 * torch.rand(count) - 1)
    torch.manual_seed(count)
    torch.seed()
    y = slope * x + intercept
    return x, y
