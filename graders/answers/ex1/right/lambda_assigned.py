"""A lambda bound to the name, which does all in one expression."""
import torch

_leaf = lambda v: torch.tensor(v, requires_grad=True)
_poly = lambda z: (z, 3 * z * z + 4 * z)
_run = lambda pair: (pair[1].backward(), print(pair[0].grad), pair)[2]

single_variable = lambda z0=5.0: _run(_poly(_leaf(z0)))
