"""Exercise 3: gradients accumulate, and are zeroed.

`backward()` does not replace what is in `.grad`: it adds to it. Here you see that happen, then prevent it.

The function is that of exercise 2, f(x, y) = 5x² + xy + 2y³. At x = 1.5, y = -2 its gradient is (13, 25.5), so two
passes without zeroing record (13, 25.5) and then (26, 51); with zeroing both passes record (13, 25.5).
"""

import torch

# Say in two to four sentences why a training loop zeroes its gradients. A person reads this.
WHY_ZERO: str = (
    "backward() adds to .grad instead of replacing it. If a training loop does not zero the gradients, every step "
    "follows the sum of all gradients so far and not the gradient at the current weights, so the updates get too big "
    "and point in the wrong direction."
)


def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    """Call backward several times and never zero.

    1. Make one pair of leaves `x` and `y`, before the loop.
    2. In each of the `passes` passes: compute `f`, call `backward()`, and append `(x.grad, y.grad)` as they are *now*.
    3. Return the list of pairs, one a pass.

    Hint: `.grad` is one tensor that is changed in place. What you append has to be a copy, such as `x.grad.clone()`.
    """
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    recorded = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        recorded.append((x.grad.clone(), y.grad.clone()))
    return recorded


def with_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    """The same, but zero both gradients after they are recorded, so that every pass starts clean.

    Return the list of pairs, one a pass: all of them are the same now.

    Hint: `x.grad.zero_()` sets a gradient to zero in place. Mind the order: record first, then zero.
    """
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    recorded = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        recorded.append((x.grad.clone(), y.grad.clone()))
        x.grad.zero_()
        y.grad.zero_()
    return recorded


if __name__ == "__main__":
    print(without_zeroing())
    print(with_zeroing())
