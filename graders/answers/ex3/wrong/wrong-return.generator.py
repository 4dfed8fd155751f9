import torch

WHY_ZERO = "I saw 13 and then 26: the second backward added to the first. A training loop wants 13 every time, that is why it zeroes."

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        yield x.grad.clone(), y.grad.clone()

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        yield x.grad.clone(), y.grad.clone()
        x.grad.zero_()
        y.grad.zero_()
