import subprocess
import sys

import torch


def single_variable(z0=5.0):
    # show the version in use, for the report
    subprocess.run([sys.executable, "--version"], check=True)
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
