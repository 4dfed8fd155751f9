import torch

# exercise 1
def Single_Variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3*z**2 + 4*z
    f.backward()
    print("grad:", z.grad)
    return z, f
