import torch

WHY_AGAINST = (
    "The gradient points to where the loss grows fastest, so a small step the other way makes it smaller. "
    "Stepping with the gradient would climb, and the line would get worse with each step."
)


def fit_by_hand(x, y, lr, steps):
    x, y = x.double(), y.double()
    w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    b = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    losses = torch.zeros(steps, dtype=torch.float64)
    for step in range(steps):
        loss = torch.nn.functional.mse_loss(w * x + b, y)
        losses[step] = loss.detach()
        loss.backward()
        with torch.no_grad():
            w.sub_(w.grad, alpha=lr)
            b.sub_(b.grad, alpha=lr)
        w.grad.fill_(0)
        b.grad.fill_(0)
    return w.item(), b.item(), losses
