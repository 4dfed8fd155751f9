import torch


def leaf(value):
    return torch.tensor(value, requires_grad=True)


def show(**leaves):
    for name, tensor in leaves.items():
        print(f"{name}.grad = {tensor.grad}")
