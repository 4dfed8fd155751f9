"""Two Python floats."""
import torch


def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    y = 7 * x.pow(2)
    y.backward()
    gradient = x.grad.item()
    derivative = 2 * 7 * x0  # power rule
    print("they agree:", abs(gradient - derivative) < 1e-3)
    return gradient, derivative
