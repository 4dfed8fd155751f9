"""A small training loop."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    for epoch in range(3):
        f = 3 * z ** 2 + 4 * z
        f.backward()
        print("epoch", epoch + 1, "done")
    print(z.grad)
    return z, f
