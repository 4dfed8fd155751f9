import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    # gradients pile up here
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    history = []
    for _ in range(passes):
        loss = 5*x**2 + x*y + 2*y**3
        loss.backward()
        history.append((x.grad.detach().clone(), y.grad.detach().clone()))
    return history

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    # these two don't change, so compute them only once
    square = 5 * x**2
    cube = 2 * y**3
    grads = []
    for _ in range(passes):
        f = square + x * y + cube
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        x.grad.zero_()
        y.grad.zero_()
    return grads

WHY_ZERO = "Otherwise the gradient keeps growing from pass to pass although the function stays the same. Then learning would not converge to the minimum."
