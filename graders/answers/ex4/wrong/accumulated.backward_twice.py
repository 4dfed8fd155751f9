import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward(retain_graph=True)
    print("gradient:", x.grad)
    f.backward()          # once more to be sure
    print("gradient:", x.grad)
    by_hand = 14 * x0
    return x.grad, by_hand
