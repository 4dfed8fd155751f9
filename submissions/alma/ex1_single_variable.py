"""Exercise 1: one leaf and one backward.

Autograd writes down every operation on a tensor that was made with `requires_grad=True`. Calling `backward()` on the
result walks that record in reverse and leaves the derivative in the tensor's `.grad`.

The function is f(z) = 3z² + 4z. Its derivative is 6z + 4, so at z = 5 the gradient is 34.
"""

import torch


def single_variable(z0: float = 5.0):
    """Let autograd find the derivative of f = 3z² + 4z.

    1. Make `z`, a tensor that holds `z0`, with `requires_grad=True`.
    2. Compute `f = 3z² + 4z` from `z`.
    3. Call `backward()` on `f`.
    4. Print `z.grad`.
    5. Return `(z, f)`.

    Hint: compute `f` with `z` itself, not with the number `z0`: autograd only sees what happens to tensors.
    """
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z**2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f


if __name__ == "__main__":
    single_variable()
