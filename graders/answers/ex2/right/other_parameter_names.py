"""Other names, and no defaults."""
import torch


def two_variables(a, b):
    first = torch.tensor(a, requires_grad=True)
    second = torch.tensor(b, requires_grad=True)
    result = 5 * first ** 2 + first * second + 2 * second ** 3
    result.backward()
    print("first:", first.grad, "second:", second.grad)
    return first, second, result
