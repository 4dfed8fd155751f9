"""Exercise 3: the same with an optimizer.

`torch.optim.SGD` makes the steps now. It knows the tensors that it is handed, and nothing of your loop: what you call,
and in which order, is still yours.
"""

import torch


def fit_with_optimizer(xs: list[float], ys: list[float], lr: float, steps: int, *, momentum: float = 0.0):
    """Return `(w, b, losses)` after `steps` steps of `torch.optim.SGD`, with this learning rate and momentum.

    1. Make tensors of `xs` and `ys`, the leaves `w` and `b`, both 0, and one optimizer over the two leaves.
    2. In each of the `steps` steps: compute the loss, which is the mean of `(w * x + b - y)²`; record it; zero the
       gradients, call `backward()`, and let the optimizer make its step.
    3. Return `w`, `b` and the list of losses, one a step.

    Hint: `step()` uses the gradients as they stand. What has to be in them by then, and what must not?
    """
    raise NotImplementedError("write exercise 3 here")


if __name__ == "__main__":
    print(fit_with_optimizer([-1.0, 0.0, 1.0], [-1.0, 1.5, 3.0], 0.1, 4))
