import torch

WHY_AGAINST = (
    "The gradient points to where the loss grows fastest, so a small step the other way makes it smaller. "
    "Stepping with the gradient would climb, and the line would get worse with each step."
)


def fit_by_hand(x, y, lr, steps):
    raise NotImplementedError("write exercise 2 here")
