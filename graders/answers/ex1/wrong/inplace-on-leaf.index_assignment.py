import torch


def single_variable(z0=5.0):
    z = torch.empty(1, requires_grad=True)
    z[0] = z0        # fill it
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
