"""autograd.grad with create_graph=True: the result keeps its graph."""
import torch


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    first = torch.autograd.grad(f, x, create_graph=True)[0]
    second = torch.autograd.grad(first, x)[0]
    print("f' =", first.item(), " f'' =", second.item())
    return first, 14 * x0
