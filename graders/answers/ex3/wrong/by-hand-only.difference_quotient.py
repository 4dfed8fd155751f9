def f(x, y):
    return 5 * x**2 + x * y + 2 * y**3

def slope_x(x, y, h=1e-5):
    return (f(x + h, y) - f(x - h, y)) / (2 * h)

def slope_y(x, y, h=1e-5):
    return (f(x, y + h) - f(x, y - h)) / (2 * h)

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    gx = gy = 0.0
    grads = []
    for _ in range(passes):
        gx += slope_x(x0, y0)
        gy += slope_y(x0, y0)
        grads.append((gx, gy))
    return grads

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    grads = []
    for _ in range(passes):
        gx, gy = 0.0, 0.0
        gx += slope_x(x0, y0)
        gy += slope_y(x0, y0)
        grads.append((gx, gy))
    return grads

WHY_ZERO = "Otherwise the gradient keeps growing from pass to pass although the function stays the same. Then learning would not converge to the minimum."
