import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    loss = (f - 0) ** 2      # you always need a loss
    loss.backward()
    print(z.grad)
    return z, f
