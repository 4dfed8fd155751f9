import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)

    # warm up with an easier function: x squared
    g = x**2
    g.backward()
    print("g'(x) =", x.grad.item())

    # now the real one
    f = 7 * x**2
    f.backward()
    print("f'(x) =", x.grad.item())
    return x.grad.item(), 14 * x0
