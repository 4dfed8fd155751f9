import torch


def fit_with_optimizer(xs, ys, lr, steps, *, momentum=0.0):
    x, y = torch.tensor(xs), torch.tensor(ys)
    w = torch.zeros((), requires_grad=True)
    b = torch.zeros((), requires_grad=True)
    vw, vb = 0.0, 0.0
    losses = []
    for _ in range(steps):
        loss = ((w * x + b - y) ** 2).mean()
        losses.append(loss.item())
        w.grad = b.grad = None
        loss.backward()
        vw, vb = momentum * vw + w.grad, momentum * vb + b.grad
        w.data -= lr * vw
        b.data -= lr * vb
    return w, b, losses
