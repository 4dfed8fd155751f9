import torch


def make_data(seed, count, slope, intercept, *, spread=1.0):
    torch.manual_seed(seed)
    x = spread * torch.rand(count)
    return x, slope * x + intercept
