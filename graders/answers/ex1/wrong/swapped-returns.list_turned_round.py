import torch


def single_variable(z0=5.0):
    results = []
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    results.append(f)
    f.backward()
    print(z.grad.item())
    results.append(z)
    return results
