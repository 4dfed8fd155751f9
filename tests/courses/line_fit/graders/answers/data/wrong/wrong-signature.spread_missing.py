import torch


def make_data(seed, count, slope, intercept):
    torch.manual_seed(seed)
    x = 2 * torch.rand(count) - 1
    return x, slope * x + intercept
