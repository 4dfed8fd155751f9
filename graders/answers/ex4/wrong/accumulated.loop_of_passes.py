import torch

def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    for i in range(3):
        f = 7 * x**2
        f.backward()
        print("run", i, "->", x.grad.item())
    from_autograd = x.grad.item()
    by_hand = 2 * 7 * x0
    return from_autograd, by_hand
