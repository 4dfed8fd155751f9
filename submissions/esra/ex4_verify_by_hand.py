import torch


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    from_autograd = x.grad
    by_hand = 14 * x0**2  # 7 * 2 = 14
    return from_autograd, by_hand
