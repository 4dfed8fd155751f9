"""Exercise 2: two variables.

One `backward()` fills the `.grad` of every leaf that the result was computed from: one partial derivative each.

The function is f(x, y) = 5x² + xy + 2y³. At x = 1.5, y = -2 its partial derivatives are
df/dx = 10x + y = 13 and df/dy = x + 6y² = 25.5.
"""

import torch


def two_variables(x0: float = 1.5, y0: float = -2.0):
    """Let autograd find both partial derivatives of f = 5x² + xy + 2y³.

    1. Make the leaves `x` and `y`, tensors that hold `x0` and `y0`, each with `requires_grad=True`.
    2. Compute `f = 5x² + xy + 2y³` from them.
    3. Call `backward()` on `f`, once.
    4. Print `x.grad` and `y.grad`.
    5. Return `(x, y, f)`.

    Hint: a power is written `y**3`, and a product always needs its `*`.
    """
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x**2 + x * y + 2 * y**3
    f.backward()
    print(x.grad, y.grad)
    return x, y, f


if __name__ == "__main__":
    two_variables()
