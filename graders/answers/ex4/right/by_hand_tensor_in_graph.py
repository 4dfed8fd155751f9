"""by_hand = 14 * x with x still in the graph."""
import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x * x
    f.backward()
    by_hand = 14 * x
    print(x.grad, by_hand)
    print("same?", torch.isclose(x.grad, by_hand).item())
    return (x.grad, by_hand)
