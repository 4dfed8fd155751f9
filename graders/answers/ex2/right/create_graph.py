"""create_graph=True, then the mixed second derivative."""
import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    gx, gy = torch.autograd.grad(f, [x, y], create_graph=True)
    print("d2f/dxdy:", torch.autograd.grad(gx, y, retain_graph=True)[0].item())
    x.grad = gx.detach().clone()
    y.grad = gy.detach().clone()
    print("df/dx:", x.grad.item())
    print("df/dy:", y.grad.item())
    return x, y, f
