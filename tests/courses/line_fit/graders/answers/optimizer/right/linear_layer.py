import torch
from torch import nn


def fit_with_optimizer(xs, ys, lr, steps, *, momentum=0.0):
    x = torch.tensor(xs).unsqueeze(1)
    y = torch.tensor(ys).unsqueeze(1)
    model = nn.Linear(1, 1)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    optimizer = torch.optim.SGD(model.parameters(), lr, momentum)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad(set_to_none=False)
        loss = nn.MSELoss()(model(x), y)
        loss.backward()
        losses.append(loss.detach())
        optimizer.step()
    return model.weight, model.bias, losses
