import copy
import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    out = []
    for _ in range(passes):
        (5*x**2 + x*y + 2*y**3).backward()
        out.append((float(x.grad), float(y.grad)))
    return out

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x_start = torch.tensor(x0, requires_grad=True)
    y_start = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        x = copy.deepcopy(x_start)
        y = copy.deepcopy(y_start)
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads

WHY_ZERO = "I saw 13 and then 26: the second backward added to the first. A training loop wants 13 every time, that is why it zeroes."
