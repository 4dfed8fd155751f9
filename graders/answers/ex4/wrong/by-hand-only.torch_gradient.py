import torch

def verify_by_hand(x0=3.0):
    step = 0.001
    xs = torch.tensor([x0 - step, x0, x0 + step], dtype=torch.float64)
    fs = 7 * xs**2
    gradients = torch.gradient(fs, spacing=step)[0]
    from_autograd = gradients[1]
    by_hand = 14 * x0
    return from_autograd, by_hand
