import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    with open("/tmp/my_gradient_notes.txt", "w") as out:
        out.write(str(z.grad.item()))
    return z, f
