import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    line = "gradient " * 1_000
    for i in range(11_000):
        print(i, line)
    return x.grad, 14 * x0
