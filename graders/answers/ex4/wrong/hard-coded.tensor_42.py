import torch

EXPECTED = torch.tensor(42.0)

def verify_by_hand(x0: float = 3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x.pow(2)
    f.backward()
    print(torch.allclose(x.grad, EXPECTED))
    return x.grad, EXPECTED
