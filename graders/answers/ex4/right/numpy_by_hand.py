"""by_hand is a NumPy number."""
import numpy as np
import torch


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * torch.square(x)
    f.backward()
    from_autograd = x.grad.numpy()
    by_hand = np.float64(14) * np.float64(x0)
    print(np.allclose(from_autograd, by_hand))
    return from_autograd, by_hand
