import torch

def verify_by_hand(x0: float = 3.0):
    hand = 14.0 * x0

    t = torch.tensor(x0, requires_grad=True)
    (7 * t**2).backward()
    auto = t.grad.item()

    print(f"hand {hand:.3f}, autograd {auto:.3f}")
    return (hand, auto)
