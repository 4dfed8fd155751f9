"""List comprehensions over an inner function."""
import torch


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    leaves = [torch.tensor(v, requires_grad=True) for v in (x0, y0)]

    def go():
        x, y = leaves
        (5 * x**2 + x * y + 2 * y**3).backward()
        return [leaf.grad.item() for leaf in leaves]

    return [go() for _ in range(passes)]


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    leaves = [torch.tensor(v, requires_grad=True) for v in (x0, y0)]

    def go():
        x, y = leaves
        (5 * x**2 + x * y + 2 * y**3).backward()
        recorded = [leaf.grad.item() for leaf in leaves]
        [leaf.grad.zero_() for leaf in leaves]
        return recorded

    return [go() for _ in range(passes)]


WHY_ZERO = "Gradients would add up over iterations otherwise. Then the update is based on many batches at once, most of them with outdated weights."
