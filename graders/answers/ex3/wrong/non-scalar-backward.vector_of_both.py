import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor([x0, x0], requires_grad=True)
    y = torch.tensor([y0, y0], requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad[0].clone(), y.grad[0].clone()))
    return grads

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor([x0, x0], requires_grad=True)
    y = torch.tensor([y0, y0], requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad[0].clone(), y.grad[0].clone()))
        x.grad.zero_()
        y.grad.zero_()
    return grads

WHY_ZERO = 'zeroing makes every training step independent: the optimizer sees only the gradient of the current loss and not leftovers from before'
