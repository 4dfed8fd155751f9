"""ex 1 - f(z) = 3z^2 + 4z, checked on paper: f' = 6z + 4"""
import torch


def f_of(z):
    return 3 * z.pow(2) + 4 * z


def single_variable(start=5.0):
    z = torch.tensor([start], dtype=torch.float64, requires_grad=True)
    f = f_of(z)
    f.backward()
    print(f"df/dz at {start} = {z.grad.item():.4f}  (paper: {6 * start + 4:.4f})")
    return z, f


if __name__ == "__main__":
    single_variable()
    single_variable(-1.0)
