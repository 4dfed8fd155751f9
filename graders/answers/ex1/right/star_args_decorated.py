"""A decorator with *args that prints what came back."""
import functools

import torch


def show_gradient(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        z, f = function(*args, **kwargs)
        print(f"{function.__name__}: {z.grad}")
        return z, f
    return wrapper


@show_gradient
def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    return z, f
