import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    leaves = [x, y]
    log = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        current = [leaf.grad for leaf in leaves]
        log.append(current.copy())   # copy so that later passes don't overwrite it
    return log

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    leaves = [x, y]
    log = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        current = [leaf.grad for leaf in leaves]
        log.append(current.copy())
        for leaf in leaves:
            leaf.grad.zero_()
    return log

WHY_ZERO = 'zeroing makes every training step independent: the optimizer sees only the gradient of the current loss and not leftovers from before'
