from formulas import f2
from tools import leaf, show


def two_variables(x0: float = 1.5, y0: float = -2.0):
    x, y = leaf(x0), leaf(y0)
    f = f2(x, y)
    f.backward()
    show(x=x, y=y)
    return x, y, f
