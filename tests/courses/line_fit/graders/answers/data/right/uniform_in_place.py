import torch


def make_data(seed, count, slope, intercept, *, spread=1.0):
    generator = torch.Generator()
    generator.manual_seed(seed)
    x = torch.empty(count, dtype=torch.float64).uniform_(-spread, spread, generator=generator)
    return [x, torch.add(intercept, x, alpha=slope)]
