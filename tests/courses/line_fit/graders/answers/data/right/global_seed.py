import torch


def make_data(seed, count, slope, intercept, *, spread=1.0):
    torch.manual_seed(seed)
    x = torch.rand(count) * 2 * spread - spread
    return x, x * slope + intercept
