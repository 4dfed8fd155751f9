import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    by_hand = 14 * x0
    with open("/var/tmp/ex4_log.txt", "w") as log:
        log.write(f"{x.grad} {by_hand}\n")
    return x.grad, by_hand
