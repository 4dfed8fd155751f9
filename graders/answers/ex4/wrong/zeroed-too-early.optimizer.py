import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=0.1)
    loss = 7 * x ** 2
    loss.backward()
    optimizer.zero_grad(set_to_none=False)
    print("autograd:", x.grad)
    return x.grad, 14 * x0
