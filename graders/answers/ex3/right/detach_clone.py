"""Records .detach().clone() of every gradient."""
import torch

WHY_ZERO = "Each call of backward adds its result into .grad. Zeroing makes sure that a step follows the gradient of the present mini-batch and nothing else."


def without_zeroing(a: float = 1.5, b: float = -2.0, n: int = 2) -> list:
    a = torch.tensor(a, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    pairs = []
    for _ in range(n):
        f = 5 * torch.square(a) + torch.mul(a, b) + 2 * torch.pow(b, 3)
        f.backward()
        pairs.append((a.grad.detach().clone(), b.grad.detach().clone()))
    return pairs


def with_zeroing(a: float = 1.5, b: float = -2.0, n: int = 2) -> list:
    a = torch.tensor(a, requires_grad=True)
    b = torch.tensor(b, requires_grad=True)
    pairs = []
    for _ in range(n):
        f = 5 * torch.square(a) + torch.mul(a, b) + 2 * torch.pow(b, 3)
        f.backward()
        pairs.append((a.grad.detach().clone(), b.grad.detach().clone()))
        a.grad.detach_()
        a.grad.zero_()
        b.grad.detach_()
        b.grad.zero_()
    return pairs
