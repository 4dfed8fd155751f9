import random

import torch


def make_data(seed, count, slope, intercept, spread=1.0):
    dice = random.Random(seed)
    points = [dice.uniform(-spread, spread) for _ in range(count)]
    return torch.tensor(points), torch.tensor([slope * p + intercept for p in points])
