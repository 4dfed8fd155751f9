"""One graph for both, walked once for each leaf with retain_graph."""
import torch


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward(inputs=[x], retain_graph=True)
    print(x.grad)
    f.backward(inputs=[y])
    print(y.grad)
    return x, y, f
