import torch

def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    list_of_grads = []
    for i in range(passes):
        f = 5*(x**2) + (x*y) + 2*(y**3)
        f.backward()
        grad_x = x.grad
        grad_y = y.grad
        pair = (grad_x, grad_y)
        list_of_grads.append(pair)
    return list_of_grads

def with_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    list_of_grads = []
    for i in range(passes):
        f = 5*(x**2) + (x*y) + 2*(y**3)
        f.backward()
        grad_x = x.grad
        grad_y = y.grad
        pair = (grad_x, grad_y)   # keep the gradients before zeroing
        list_of_grads.append(pair)
        x.grad.zero_()
        y.grad.zero_()
    return list_of_grads

WHY_ZERO = """Because backward() accumulates into .grad.
In training every batch should only use its own gradient, so you clear the old one."""
