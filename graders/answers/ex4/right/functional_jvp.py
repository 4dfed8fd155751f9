"""torch.autograd.functional.jvp for the one, 7 * (x0 + x0) for the other."""
import torch
from torch.autograd.functional import jvp


def verify_by_hand(x0=3.0):
    _, slope = jvp(lambda x: 7 * x * x, torch.tensor(x0), torch.tensor(1.0))
    return slope, 7 * (x0 + x0)
