import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    sum_x, sum_y = 0.0, 0.0
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        gx, gy = torch.autograd.grad(f, (x, y))
        sum_x += gx.item()
        sum_y += gy.item()
        grads.append((sum_x, sum_y))
    return grads

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    results = []
    for i in range(passes):
        f = 5*x**2 + x*y + 2*y**3
        f.backward()
        results.append((x.grad.item(), y.grad.item()))
        print("pass", i + 1, results[-1])
        x.grad.zero_()
        y.grad.zero_()
    return results

WHY_ZERO = "I saw 13 and then 26: the second backward added to the first. A training loop wants 13 every time, that is why it zeroes."
