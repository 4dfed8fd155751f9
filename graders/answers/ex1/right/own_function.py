"""An own autograd.Function with its own backward."""
import torch


class ThreeSquaresAndFour(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z):
        ctx.save_for_backward(z)
        return 3 * z * z + 4 * z

    @staticmethod
    def backward(ctx, grad_output):
        (z,) = ctx.saved_tensors
        return grad_output * (6 * z + 4)


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = ThreeSquaresAndFour.apply(z)
    f.backward()
    print(z.grad)
    return z, f
