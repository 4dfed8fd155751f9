from formulas import f1
from tools import leaf, show


def single_variable(z0: float = 5.0):
    z = leaf(z0)
    f = f1(z)
    f.backward()
    show(z=z)
    return z, f
