import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    auto = x.grad.item()
    hand = round(auto, 4)
    assert abs(auto - hand) < 0.001
    return auto, hand
