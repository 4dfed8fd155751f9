import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    history = []
    for p in range(passes):
        z = 5 * x**2 + x * y + 2 * y**3
        z.backward()
        print('pass', p, ':', x.grad.data, y.grad.data)
        history.append([x.grad.data, y.grad.data])
    return history

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    history = []
    for p in range(passes):
        z = 5 * x**2 + x * y + 2 * y**3
        z.backward()
        print('pass', p, ':', x.grad.data, y.grad.data)
        history.append([x.grad.data, y.grad.data])
        x.grad.data.zero_()
        y.grad.data.zero_()
    return history

WHY_ZERO = 'zeroing makes every training step independent: the optimizer sees only the gradient of the current loss and not leftovers from before'
