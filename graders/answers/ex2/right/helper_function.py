"""Helper functions that call one another."""
import torch


def leaf(v):
    t = torch.empty(())
    t.fill_(v)
    return t.requires_grad_()


def x_part(x):
    return 5 * x * x


def y_part(y):
    return 2 * y * y * y


def report(**grads):
    for k, v in grads.items():
        print(f"{k:>6}: {v:8.3f}")


def two_variables(x0=1.5, y0=-2.0):
    x = leaf(x0)
    y = leaf(y0)
    f = x_part(x) + x * y + y_part(y)
    f.backward()
    report(x=x.grad.item(), y=y.grad.item())
    return x, y, f
