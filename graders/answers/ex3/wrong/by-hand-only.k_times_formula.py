def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    dx = 10 * x0 + y0
    dy = x0 + 6 * y0 ** 2
    return [(k * dx, k * dy) for k in range(1, passes + 1)]

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    dx = 10 * x0 + y0
    dy = x0 + 6 * y0 ** 2
    return [(dx, dy) for _ in range(passes)]

WHY_ZERO = """Because backward() accumulates into .grad.
In training every batch should only use its own gradient, so you clear the old one."""
