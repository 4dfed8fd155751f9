import torch

WHY_AGAINST = (
    "The gradient points to where the loss grows fastest, so a small step the other way makes it smaller. "
    "Stepping with the gradient would climb, and the line would get worse with each step."
)


def fit_by_hand(x, y, lr, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = ((w * x - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w, b, losses
