"""backward with the gradient argument given as one."""
import torch


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward(gradient=torch.ones_like(f), inputs=[z])
    print(z.grad)
    return z, f
