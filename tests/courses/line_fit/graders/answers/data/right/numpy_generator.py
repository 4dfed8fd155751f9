import numpy as np
import torch


def make_data(seed, count, slope, intercept, *, spread=1.0):
    points = np.random.default_rng(seed).uniform(-spread, spread, size=count)
    x = torch.from_numpy(points).float()
    return x, slope * x + intercept
