import random

import torch


def make_data(seed, count, slope, intercept, *, spread=1.0):
    random.seed(seed)
    points = [spread * (1 - 2 * i / count) for i in range(count)]
    x = torch.tensor(points)
    return x, slope * x + intercept
