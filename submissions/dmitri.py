# Autograd exercises 2.2
import torch

x = torch.tensor(2.0, requires_grad=True)
# print(x)


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print("z.grad:", z.grad)
    return z, f


def two_variables(x0=1.5, y0=-2.0):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    f = 5 * x ** 2 + x * y + 2 * y ** 3
    f.backward()
    print("x.grad:", x.grad)
    print("y.grad:", y.grad)
    return x, y, f


WHY_ZERO = "Because the gradients add up in .grad from one step to the next, and the optimizer would use the sum."


def without_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    result = []
    for i in range(passes):
        f = 5 * x ** 2 + x * y + 2 * y ** 3
        f.backward()
        result.append((x.grad, y.grad))
    return result


def with_zeroing(x0=1.5, y0=-2.0, passes=2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    result = []
    for i in range(passes):
        f = 5 * x ** 2 + x * y + 2 * y ** 3
        f.backward()
        result.append((x.grad, y.grad))
        # print(result)   # why is this zero afterwards???
        x.grad.zero_()
        y.grad.zero_()
    return result


def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x ** 2
    f.backward()
    from_autograd = x.grad
    by_hand = x.grad.clone()  # 42, same as mine
    return from_autograd, by_hand


print(single_variable())
print(without_zeroing())
print(with_zeroing())
