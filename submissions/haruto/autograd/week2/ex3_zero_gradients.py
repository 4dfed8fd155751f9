import torch

WHY_ZERO = (
    "PyTorchのbackward()は勾配を上書きせず、.gradに足していきます。"
    "ゼロにしないと前のステップの勾配が残り、パラメータの更新が間違った方向に進んでしまいます。"
)


def without_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for i in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads


def with_zeroing(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    grads = []
    for i in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3
        f.backward()
        # ゼロにする
        x.grad.zero_()
        y.grad.zero_()
        grads.append((x.grad.clone(), y.grad.clone()))
    return grads
