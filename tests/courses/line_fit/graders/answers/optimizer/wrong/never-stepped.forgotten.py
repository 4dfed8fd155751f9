import torch


def fit_with_optimizer(xs, ys, lr, steps, *, momentum=0.0):
    x, y = torch.tensor(xs), torch.tensor(ys)
    w = torch.zeros((), requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=lr, momentum=momentum)
    losses = []
    for _ in range(steps):
        loss = ((w * x + b - y) ** 2).mean()
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
    return w, b, losses
