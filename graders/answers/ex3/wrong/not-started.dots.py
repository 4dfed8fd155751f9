import torch

WHY_ZERO = "PyTorch adds up gradients in .grad. If we never zero them, the next step mixes old and new gradients and the update is wrong."

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    """To do later."""
    ...

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    """To do later."""
    ...
