import torch


def make_data(seed, count, slope, intercept, *, spread=1.0):
    torch.manual_seed(seed)
    x = torch.uniform(-spread, spread, count)
    return x, slope * x + intercept
