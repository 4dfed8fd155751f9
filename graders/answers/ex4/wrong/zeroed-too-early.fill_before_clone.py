import torch

def gradient_of(f, x):
    f.backward()
    x.grad.fill_(0.0)   # leave everything tidy
    return x.grad.clone()

def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    autograd_value = gradient_of(7 * x * x, x)
    my_value = 14 * x0
    return autograd_value, my_value
