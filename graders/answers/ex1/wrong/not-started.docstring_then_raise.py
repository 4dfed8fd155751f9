"""Exercise 1: one variable."""
import torch


def single_variable(z0: float = 5.0):
    """Make a leaf tensor z, compute f = 3z² + 4z, call backward, print z.grad.

    Returns (z, f).
    """
    # TODO: your code here
    raise NotImplementedError
