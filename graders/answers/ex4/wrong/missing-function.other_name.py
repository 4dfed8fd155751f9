import torch

def verify(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    return x.grad, 14 * x0

print(verify())
