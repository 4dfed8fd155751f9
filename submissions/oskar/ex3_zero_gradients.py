from formulas import f2
from tools import leaf

WHY_ZERO = (
    "Since .grad is a running sum, a loop that never zeroes takes steps along the sum of all past gradients. "
    "Zeroing makes every step depend on the current parameters and the current batch alone."
)


def passes_of(x0, y0, passes, after):
    x, y = leaf(x0), leaf(y0)
    recorded = []
    for _ in range(passes):
        f2(x, y).backward()
        recorded.append((x.grad.clone(), y.grad.clone()))
        after(x, y)
    return recorded


def zero(*leaves):
    for t in leaves:
        t.grad.zero_()


def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    return passes_of(x0, y0, passes, after=lambda *_: None)


def with_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    return passes_of(x0, y0, passes, after=zero)
