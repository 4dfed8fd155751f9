"""torch.autograd.backward, twice called with a clean .grad between."""
import torch


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    torch.autograd.backward(f, retain_graph=True)
    print("first time:", x.grad)
    x.grad = None
    torch.autograd.backward([f])
    print("second time:", x.grad)
    return x.grad, 14 * x0
