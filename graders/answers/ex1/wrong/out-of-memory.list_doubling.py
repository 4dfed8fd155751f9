import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    data = [z0] * 10**6
    for step in range(40):
        data = data + data      # twice as many samples each step
    return z, f
