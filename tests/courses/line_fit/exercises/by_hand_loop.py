"""Exercise 2: gradient descent, step by step.

The line `w * x + b` starts at `w = 0` and `b = 0`. Autograd says how its loss changes with `w` and with `b`; you make
the steps.
"""

import torch

# Say in two to four sentences why each step goes against the gradient. A person reads this.
WHY_AGAINST: str = ""


def fit_by_hand(x: torch.Tensor, y: torch.Tensor, lr: float, steps: int):
    """Return `(w, b, losses)` after `steps` steps of gradient descent, with no optimizer.

    1. Make the leaves `w` and `b`, both 0, before the loop.
    2. In each of the `steps` steps: compute the loss, which is the mean of `(w * x + b - y)²`; record it; call
       `backward()`; move `w` and `b` against their gradients, each by `lr` times its gradient; zero both gradients.
    3. Return `w`, `b` and the list of losses, one a step.

    Hint: a step is no part of the function that is differentiated. Which context keeps autograd from recording it?
    """
    raise NotImplementedError("write exercise 2 here")


if __name__ == "__main__":
    print(fit_by_hand(torch.tensor([-1.0, 0.0, 1.0]), torch.tensor([-1.0, 1.5, 3.0]), 0.1, 4))
