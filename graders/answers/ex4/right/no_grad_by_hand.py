"""by_hand computed in torch.no_grad before backward runs."""
import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0).requires_grad_(True)
    with torch.no_grad():
        my_answer = 7 * 2 * x
    f = 7 * x ** 2
    f.backward()
    print("autograd says", x.grad)
    print("I say       ", my_answer)
    return x.grad, my_answer
