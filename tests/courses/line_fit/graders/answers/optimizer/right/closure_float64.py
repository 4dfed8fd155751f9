import torch


def fit_with_optimizer(points, values, rate, steps, momentum=0.0):
    x = torch.tensor(points, dtype=torch.float64)
    y = torch.tensor(values, dtype=torch.float64)
    w, b = (torch.zeros((), dtype=torch.float64, requires_grad=True) for _ in range(2))
    optimizer = torch.optim.SGD([{"params": [w]}, {"params": [b]}], lr=rate, momentum=momentum)

    def closure():
        optimizer.zero_grad()
        loss = torch.mean((w * x + b - y) ** 2)
        loss.backward()
        return loss

    losses = [optimizer.step(closure).item() for _ in range(steps)]
    return w.item(), b.item(), losses
