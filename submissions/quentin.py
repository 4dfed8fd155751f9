import torch


def single_variable(z0=5):
    z = torch.tensor(int(z0), requires_grad=True)
    f = 3 * z**2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x**2 + x * y + 2 * y**3
    f.backward()
    print(x.grad)
    print(y.grad)


WHY_ZERO = ""


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    raise NotImplementedError("write the second half of exercise 3 here")


# TODO exercise 4, no time left
# def verify_by_hand(x0=3.0):
