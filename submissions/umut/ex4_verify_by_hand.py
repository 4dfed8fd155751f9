"""Exercise 4: a gradient checked by hand.

Trust in autograd comes from checking it once. Find the derivative with pencil and paper, and compare.

The function is f(x) = 7x². Its derivative is 14x, so at x = 3 the gradient is 42.
"""

import torch


def verify_by_hand(x0: float = 3.0):
    """Return the gradient of f = 7x² twice: from autograd, and from your own derivative.

    1. Make the leaf `x`, compute `f`, call `backward()`: `from_autograd` is what is in `x.grad`.
    2. `by_hand` is your derivative at `x0`, computed with no help from autograd.
    3. Return `(from_autograd, by_hand)`. The two must agree.

    Hint: the power rule says that the derivative of a·xⁿ is a·n·xⁿ⁻¹.
    """
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    by_hand = 14 * x0
    return x.grad, by_hand


if __name__ == "__main__":
    print(verify_by_hand())
