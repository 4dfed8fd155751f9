import torch

WHY_ZERO = "I saw 13 and then 26: the second backward added to the first. A training loop wants 13 every time, that is why it zeroes."

def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    out = []
    for _ in range(passes):
        (5 * x.pow(2) + x * y + 2 * y.pow(3)).backward()
        out.append((float(x.grad), float(y.grad)))
    return out

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    result = []
    for _ in range(passes):
        f = 5*x**2 + x*y + 2*y**3
        f.backward()
        result.append((x.grad.clone(), y.grad.clone()))
        # reset for the next round
        x.grad.clone().zero_()
        y.grad.clone().zero_()
    return result
