import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    # gradients pile up here
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    history = []
    for _ in range(passes):
        loss = 5*x**2 + x*y + 2*y**3
        loss.backward()
        history.append((x.grad.detach().clone(), y.grad.detach().clone()))
    return history

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    params = [x.clone().detach().requires_grad_(True), y.clone().detach().requires_grad_(True)]
    optimizer = torch.optim.SGD(params, lr=0.01)
    grads = []
    for epoch in range(passes):
        optimizer.zero_grad()
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.item(), y.grad.item()))
    return grads

WHY_ZERO = (
    "The gradients are summed over all backward calls. "
    "Without zeroing the optimizer would take steps that are too large and point somewhere else."
)
