"""Print every step so that I can see what happens."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    for step in range(5_000_000):
        print("step", step, "of the gradient descent")
    print(z.grad)
    return z, f
