"""An object with __call__ bound to the name."""
import torch


class SingleVariable:
    def __init__(self, a, b):
        self.a = a
        self.b = b

    def __call__(self, z0=5.0):
        z = torch.tensor(z0, requires_grad=True)
        f = self.a * z ** 2 + self.b * z
        f.backward()
        print(z.grad)
        return z, f


single_variable = SingleVariable(3, 4)
