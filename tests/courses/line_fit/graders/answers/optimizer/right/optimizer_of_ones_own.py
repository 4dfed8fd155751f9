import torch


class Descent(torch.optim.Optimizer):
    def __init__(self, parameters, lr, momentum):
        super().__init__(parameters, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for parameter in group["params"]:
                velocity = self.state[parameter].get("velocity", torch.zeros_like(parameter))
                velocity = group["momentum"] * velocity + parameter.grad
                self.state[parameter]["velocity"] = velocity
                parameter -= group["lr"] * velocity


def fit_with_optimizer(xs, ys, lr, steps, *, momentum=0.0):
    x, y = torch.tensor(xs), torch.tensor(ys)
    line = torch.zeros(2, requires_grad=True)
    optimizer = Descent([line], lr, momentum)
    losses = torch.empty(steps)
    for step in range(steps):
        line.grad = None
        loss = (line[0] * x + line[1] - y).pow(2).mean()
        losses[step] = loss.item()
        loss.backward()
        optimizer.step()
    return line[0].detach(), line[1].detach(), losses
