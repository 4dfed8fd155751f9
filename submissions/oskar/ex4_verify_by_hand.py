from formulas import f4
from tools import leaf


def verify_by_hand(x0: float = 3.0):
    x = leaf(x0)
    f4(x).backward()
    by_hand = 14 * x0
    return x.grad, by_hand
