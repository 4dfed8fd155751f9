import torch


def two_variables(a=1.5, b=-2.0):
    x = torch.tensor(a).requires_grad_()
    y = torch.tensor(b).requires_grad_()

    # one term after the other, easier to read
    square = 5 * x * x
    product = x * y
    cube = 2 * y * y * y
    f = square + product + cube

    torch.autograd.backward(f)
    for name, leaf in (("x", x), ("y", y)):
        print("gradient of", name, "is", leaf.grad)
    return [x, y, f]
