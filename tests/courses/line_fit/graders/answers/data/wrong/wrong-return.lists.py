import random


def make_data(seed, count, slope, intercept, *, spread=1.0):
    dice = random.Random(seed)
    x = [dice.uniform(-spread, spread) for _ in range(count)]
    return x, [slope * p + intercept for p in x]
