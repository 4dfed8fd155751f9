"""Helper functions for the leaves, the pass and the zeroing."""
import torch

WHY_ZERO = "backward() never overwrites, it adds. To take a step along the gradient of the current loss the old sum must be removed first."


def make_leaves(x0, y0):
    return torch.tensor(x0, requires_grad=True), torch.tensor(y0, requires_grad=True)


def one_pass(x, y):
    f = 5 * x**2 + x * y + 2 * y**3
    f.backward()
    return x.grad.clone(), y.grad.clone()


def zero(*leaves):
    for leaf in leaves:
        leaf.grad.zero_()


def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x, y = make_leaves(x0, y0)
    return [one_pass(x, y) for _ in range(passes)]


def with_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x, y = make_leaves(x0, y0)
    out = []
    for _ in range(passes):
        out.append(one_pass(x, y))
        zero(x, y)
    return out


if __name__ == "__main__":
    print(without_zeroing())
    print(with_zeroing())
