import random

import torch


def make_data(seed, count, slope, intercept, *, spread=1.0):
    random.seed(seed)
    x = torch.empty(count).uniform_(-spread, spread)
    return x, slope * x + intercept
