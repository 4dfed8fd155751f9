import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    # f'(x) = 14x and x = 3
    by_hand = 14 * 3
    print("by hand:", by_hand)
    return x.grad.item(), by_hand
