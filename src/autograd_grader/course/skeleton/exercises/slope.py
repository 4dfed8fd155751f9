"""The slope of a curve, found by autograd.

The function is f(x) = x³ + x. Its slope is 3x² + 1, so at x = 2 it is 13.
"""

import torch

# Say in two sentences why a step against the gradient makes f smaller. A person reads this.
WHY_DOWNHILL: str = ""


def slope(start: float = 2.0):
    """Let autograd find the slope of f = x³ + x.

    1. Make `x`, a tensor that holds `start`, with `requires_grad=True`.
    2. Compute `f = x³ + x` from `x`.
    3. Call `backward()` on `f`, which leaves the slope in `x.grad`.
    4. Return `(x, f)`.
    """
    raise NotImplementedError("write the slope here")


if __name__ == "__main__":
    print(slope())
