"""With a __main__ block that tries a few values."""
import torch


def single_variable(z0: float = 5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f


if __name__ == "__main__":
    for start in (5.0, -1.0, 0.0):
        z, f = single_variable(start)
        assert z.grad == 6 * start + 4
