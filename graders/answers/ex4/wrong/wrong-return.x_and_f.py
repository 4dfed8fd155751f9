"""compare x and f"""
import torch


def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    print(x.grad, 14 * x0)
    return x, f
