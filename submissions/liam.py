import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z**2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x**2 + x * y + 2 * y**3
    f.backward()
    print(x.grad, y.grad)
    return x, y, f


WHY_ZERO = "If you don't zero them the gradients from the last pass stay in .grad and the next backward adds on top."


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    i = 0
    while i < passes:
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads = grads + [(x.grad.clone(), y.grad.clone())]
        grads = grads[-passes:]
    i += 1
    return grads


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    i = 0
    while i < passes:
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
        x.grad.zero_()
        y.grad.zero_()
        i += 1
    return grads


def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    return x.grad, 14 * x0


if __name__ == "__main__":
    single_variable()
    two_variables()
    # print(without_zeroing())  # hangs my laptop??
    print(with_zeroing())
    print(verify_by_hand())
