"""by_hand by a helper that knows the power rule."""
import torch


def power_rule(coefficient, exponent):
    """d/dx of coefficient * x ** exponent, as a function."""
    return lambda x: coefficient * exponent * x ** (exponent - 1)


def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    derivative = power_rule(7, 2)
    return x.grad.clone(), derivative(x0)
