"""Numbers for the tensors, accumulating nodes and memory of one call: plain data can say which are the same."""

from __future__ import annotations

from typing import Any

import torch

MAX_OBJECTS = 5000
"""Tensors kept alive for the length of a call so that their numbers stay true."""

identity = object.__hash__
"""As good as `id`, each call of which would raise an audit event."""

_new_edge = torch.Tensor.view_as
_get_fn: Any = vars(torch._C.TensorBase)["grad_fn"].__get__
_is_leaf: Any = vars(torch._C.TensorBase)["is_leaf"].__get__
_requires_grad: Any = vars(torch._C.TensorBase)["requires_grad"].__get__
_is_wrapped = torch._C._functorch.is_functorch_wrapped_tensor
_AccumulateGrad: Any = vars(torch._C._functions)["AccumulateGrad"]
TENSOR_TYPES = (torch.Tensor, torch.nn.Parameter)


def is_tensor(value: object) -> bool:
    """Whether `value` is exactly a tensor or a parameter: a subclass may lie about itself and is not looked into."""
    return type(value) in TENSOR_TYPES


class Registry:
    """Numbers things in the order in which they are first seen.

    A leaf is known by its accumulating node in the graph, not by its `id`: two names of one tensor are one leaf, and
    a new tensor in the memory of an old one is another.
    """

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._objects: dict[int, tuple[int, Any]] = {}
        self._nodes: dict[int, tuple[int, Any]] = {}
        self._memory: dict[int, int] = {}
        self._known: dict[int, int] = {}
        self.leaves: list[Any] = []
        """The leaf tensors, by their numbers."""

    @property
    def full(self) -> bool:
        """Whether so many tensors were seen that the recording has to end."""
        return len(self._objects) >= MAX_OBJECTS

    def object(self, value: object) -> int:
        """The number of a Python object."""
        key = identity(value)
        known = self._objects.get(key)
        if known is None:
            known = self._objects[key] = len(self._objects), value
        return known[0]

    def memory(self, address: int) -> int:
        """The number of the memory that starts at an address."""
        return self._memory.setdefault(address, len(self._memory))

    def leaf(self, tensor: torch.Tensor) -> int | None:
        """The number of a leaf that requires grad, None for any other tensor."""
        # Inside `torch.func` a tensor is a wrapper that is gone when the call is over.
        if not (_requires_grad(tensor) and _is_leaf(tensor)) or _is_wrapped(tensor):
            return None
        known = self._known.get(identity(tensor))
        if known is not None and self.leaves[known] is tensor:
            return known
        try:
            with torch.enable_grad():
                edge = _get_fn(_new_edge(tensor, tensor))
        except RuntimeError:  # a sparse tensor has no views
            return None
        return None if edge is None else self._number(edge.next_functions[0][0], tensor)

    def accumulates_in(self, node: Any) -> int | None:
        """The number of the leaf that a node of a graph accumulates in, None for any other node."""
        if type(node) is not _AccumulateGrad:
            return None
        variable = node.variable
        return self._number(node, variable) if is_tensor(variable) and not _is_wrapped(variable) else None

    def _number(self, node: Any, tensor: torch.Tensor) -> int:
        # The node is kept: its Python object, and with it the id, lives only as long as something refers to it.
        number, _ = self._nodes.setdefault(identity(node), (len(self._nodes), node))
        if number == len(self.leaves):
            self.leaves.append(tensor)
            self._known[identity(tensor)] = number
        return number
