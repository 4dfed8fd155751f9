import torch


class Exercises:
    """I like classes."""

    def single_variable(self, z0=5.0):
        z = torch.tensor(z0, requires_grad=True)
        f = 3 * z**2 + 4 * z
        f.backward()
        print(z.grad)
        return z, f

    def two_variables(self, x0=1.5, y0=-2.0):
        x = torch.tensor(x0, requires_grad=True)
        y = torch.tensor(y0, requires_grad=True)
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        print(x.grad, y.grad)
        return x, y, f


WHY_ZERO = "The gradients of the last batch must not leak into the next update, so they are zeroed between the two."


def without_zeroing():
    x = torch.tensor(1.5, requires_grad=True)
    y = torch.tensor(-2.0, requires_grad=True)
    grads = []
    for _ in range(2):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads


def with_zeroing():
    x = torch.tensor(1.5, requires_grad=True)
    y = torch.tensor(-2.0, requires_grad=True)
    grads = []
    for _ in range(2):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        x.grad.zero_()
        y.grad.zero_()
    return grads


def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    return x.grad, 14 * x0


if __name__ == "__main__":
    e = Exercises()
    e.single_variable()
    e.two_variables()
