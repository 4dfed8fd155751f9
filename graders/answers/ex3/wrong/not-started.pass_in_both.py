import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    # TODO
    pass

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    # TODO
    pass

WHY_ZERO = 'zeroing makes every training step independent: the optimizer sees only the gradient of the current loss and not leftovers from before'
