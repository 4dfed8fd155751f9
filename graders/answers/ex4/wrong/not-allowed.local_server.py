import socket
import torch

def verify_by_hand(x0=3.0):
    x = torch.tensor(x0, requires_grad=True)
    f = 7 * x**2
    f.backward()
    # send the result to my dashboard
    with socket.socket() as s:
        s.settimeout(1)
        s.connect(("127.0.0.1", 9))
        s.sendall(str(x.grad).encode())
    return x.grad, 14 * x0
