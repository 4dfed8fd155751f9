"""Makes the arguments of a call from the plan's data, anew for each call: student code may change what it gets."""

from __future__ import annotations

from typing import Any

import torch

from autograd_grader.observe.child.record.registry import Registry

# Bound now, as everywhere here: student code may give these names another meaning.
_make_tensor = torch.tensor
_DTYPES = {name: value for name, value in vars(torch).items() if isinstance(value, torch.dtype)}
_not_in_inference_mode = torch._C._InferenceMode
_without_function_modes = torch._C.DisableTorchFunction


def make_argument(argument: Any, registry: Registry) -> Any:
    """The value that an argument stands for: lists and tuples with their items, tensors, or what it is itself.

    A leaf among the tensors gets its number in `registry`, so that its gradient is followed from the start.
    """
    if type(argument) is list:
        return [make_argument(item, registry) for item in argument]
    if type(argument) is not dict:
        return argument
    if "items" in argument:
        return tuple(make_argument(item, registry) for item in argument["items"])
    # Modes that a file left on must not reach into this: a mode of functions, a default device, inference.
    with _not_in_inference_mode(False), _without_function_modes():  # noqa: FBT003 - torch's own
        made = _make_tensor(
            argument["tensor"], dtype=_DTYPES[argument["dtype"]], device="cpu", requires_grad=argument["requires_grad"]
        )
        if argument["requires_grad"]:
            registry.leaf(made)
    return made
