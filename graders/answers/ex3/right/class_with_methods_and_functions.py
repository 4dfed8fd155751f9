"""A class does the work, two module functions wrap it."""
import torch


class Passes:
    def __init__(self, x0, y0):
        self.x = torch.tensor(x0, requires_grad=True)
        self.y = torch.tensor(y0, requires_grad=True)
        self.record = []

    def f(self):
        return 5 * self.x**2 + self.x * self.y + 2 * self.y**3

    def step(self):
        self.f().backward()
        self.record.append((self.x.grad.clone(), self.y.grad.clone()))

    def zero(self):
        self.x.grad.zero_()
        self.y.grad.zero_()

    def without_zeroing(self, passes):
        for _ in range(passes):
            self.step()
        return self.record

    def with_zeroing(self, passes):
        for _ in range(passes):
            self.step()
            self.zero()
        return self.record


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    return Passes(x0, y0).without_zeroing(passes)


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    return Passes(x0, y0).with_zeroing(passes)


WHY_ZERO = "Because .grad is an accumulator. Each optimisation step must see only the gradient that belongs to it."
