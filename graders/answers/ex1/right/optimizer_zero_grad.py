"""An optimizer clears the gradient between two passes."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    optimizer = torch.optim.SGD([z], lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        f = 3 * z ** 2 + 4 * z
        f.backward()
    print(z.grad)
    return z, f
