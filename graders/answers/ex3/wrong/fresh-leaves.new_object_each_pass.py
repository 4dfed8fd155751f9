import torch

class Problem:
    def __init__(self, x0, y0):
        self.x = torch.tensor(x0, requires_grad=True)
        self.y = torch.tensor(y0, requires_grad=True)

    def gradient(self):
        f = 5 * self.x**2 + self.x * self.y + 2 * self.y**3
        f.backward()
        return self.x.grad.clone(), self.y.grad.clone()

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    problem = Problem(x0, y0)
    return [problem.gradient() for _ in range(passes)]

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    return [Problem(x0, y0).gradient() for _ in range(passes)]

WHY_ZERO = "PyTorch adds up gradients in .grad. If we never zero them, the next step mixes old and new gradients and the update is wrong."
