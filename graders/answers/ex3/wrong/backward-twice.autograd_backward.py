import torch

WHY_ZERO = 'zeroing makes every training step independent: the optimizer sees only the gradient of the current loss and not leftovers from before'

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x**2 + x * y + 2 * y**3
    grads = []
    for _ in range(passes):
        torch.autograd.backward(f)
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads

def with_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    history = []
    for _ in range(passes):
        loss = 5 * x.pow(2) + x * y + 2 * y.pow(3)
        loss.backward()
        history.append((x.grad.detach().clone(), y.grad.detach().clone()))
        x.grad = None
        y.grad = None
    return history
