"""float64, made before requires_grad is set."""
import torch


def single_variable(z0=5.0):
    z = torch.as_tensor(z0, dtype=torch.double)
    z.requires_grad = True
    f = 3 * z.pow(2) + 4 * z
    f.backward()
    print(f"{z.grad.item():.10f}")
    return z, f
