"""Go downhill until the gradient is exactly the target."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    w = z0
    while 6 * w + 4 != 0.1234567:
        w = w - 0.01 * (6 * w + 4)
    return z, f
