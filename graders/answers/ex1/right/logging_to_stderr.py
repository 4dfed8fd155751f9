"""The gradient logged with the logging module (to standard error)."""
import logging

import torch

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
log = logging.getLogger("exercise1")


def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z ** 2 + 4 * z
    f.backward()
    log.info("z.grad = %s", z.grad.item())
    return z, f
