import torch

WHY_AGAINST = (
    "The gradient points to where the loss grows fastest, so a small step the other way makes it smaller. "
    "Stepping with the gradient would climb, and the line would get worse with each step."
)


def fit_by_hand(x, y, lr, steps):
    w, b, losses = 0.0, 0.0, []
    for _ in range(steps):
        error = w * x + b - y
        losses.append((error**2).mean().item())
        w -= lr * (2 * error * x).mean().item()
        b -= lr * (2 * error).mean().item()
    return w, b, losses
