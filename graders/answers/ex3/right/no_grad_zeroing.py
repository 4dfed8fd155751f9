"""Zeroes inside torch.no_grad and prints what happens."""
import torch

WHY_ZERO = """Because loss.backward() does grad += new_grad, not grad = new_grad.
If we skipped zeroing, optimizer.step() would move by the sum of everything so far."""


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    print("x =", x.item(), "y =", y.item())
    grads = []
    for n in range(1, passes + 1):
        first = 5 * x**2
        second = x * y
        third = 2 * y**3
        f = first + second + third
        f.backward()
        print(f"pass {n}: df/dx = {x.grad.item():.2f}, df/dy = {y.grad.item():.2f}")
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for n in range(1, passes + 1):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        print(f"pass {n}: df/dx = {x.grad.item():.2f}, df/dy = {y.grad.item():.2f}")
        grads.append((x.grad.clone(), y.grad.clone()))
        with torch.no_grad():
            x.grad.zero_()
            y.grad.zero_()
    return grads
