import torch


def single_variable(z0: float = 5.0):
    z0 = 5.0   # the starting value
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print("Gradient:", z.grad.item())
    return z, f
