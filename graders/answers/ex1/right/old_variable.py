"""The old Variable wrapper and FloatTensor."""
import torch
from torch.autograd import Variable


def single_variable(z0=5.0):
    z = Variable(torch.FloatTensor([z0]), requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad.data)
    return z, f
