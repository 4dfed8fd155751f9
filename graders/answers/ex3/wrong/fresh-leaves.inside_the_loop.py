import torch

def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    # gradients pile up here
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    history = []
    for _ in range(passes):
        loss = 5 * x.pow(2) + x * y + 2 * y.pow(3)
        loss.backward()
        history.append((x.grad.detach().clone(), y.grad.detach().clone()))
    return history

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    grads = []
    for _ in range(passes):
        x = torch.tensor(x0, requires_grad=True)
        y = torch.tensor(y0, requires_grad=True)
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads

WHY_ZERO = "I saw 13 and then 26: the second backward added to the first. A training loop wants 13 every time, that is why it zeroes."
