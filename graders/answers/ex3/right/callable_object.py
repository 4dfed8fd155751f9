"""The two names are objects with __call__."""
import torch


class Experiment:
    def __init__(self, zeroing):
        self.zeroing = zeroing

    def __call__(self, x0=1.5, y0=-2.0, passes=2):
        x = torch.tensor(x0, requires_grad=True)
        y = torch.tensor(y0, requires_grad=True)
        grads = []
        for _ in range(passes):
            f = 5 * x**2 + x * y + 2 * y**3
            f.backward()
            grads.append((x.grad.clone(), y.grad.clone()))
            if self.zeroing:
                x.grad.zero_()
                y.grad.zero_()
        return grads


without_zeroing = Experiment(zeroing=False)
with_zeroing = Experiment(zeroing=True)

WHY_ZERO = "The sum of old and new gradients is not the slope of the present loss. Zeroing keeps only the present one."
