"""Exercise 1: points on a line, from a seed.

An experiment that nobody can repeat proves little. So random data comes from a seed: the same seed gives the same
numbers, today and on another machine.
"""

import torch


def make_data(seed: int, count: int, slope: float, intercept: float, *, spread: float = 1.0):
    """Return `(x, y)`: two floating-point tensors of shape `(count,)`.

    1. Draw `count` numbers `x`, uniformly between `-spread` and `spread`, from a generator seeded with `seed`.
    2. Compute `y = slope * x + intercept`.
    3. Return both.

    Hint: `torch.rand` draws between 0 and 1. How do you shift and stretch that?
    """
    raise NotImplementedError("write exercise 1 here")


if __name__ == "__main__":
    print(make_data(7, 5, 2.0, 1.0))
