import torch

def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()

    # second way: write the square as a product
    x2 = torch.tensor(x0, requires_grad=True)
    f2 = 7 * x2 * x2
    f2.backward()
    return x.grad, x2.grad
