"""Values as plain data, taken without running a method that a student could have written."""

from __future__ import annotations

import decimal
import fractions
import functools
import math
from collections import deque
from typing import Any

import numpy as np
import torch

from autograd_grader.observe.child.record.registry import Registry, identity, is_tensor

MAX_NUMBERS_IN_ALL = 1 << 17
"""Numbers kept of all tensors and arrays of one call: as many as `MAX_ITEMS_IN_ALL` tensors with their gradients have
under a plan's usual cap. A frame holds that many."""
MAX_ITEMS = 64
"""Items kept of one sequence."""
MAX_ITEMS_IN_ALL = 1000
"""Items kept of all sequences of one call: a list may hold itself a hundred times."""
MAX_DEPTH = 4
MAX_TEXT = 4000
MAX_GRAPH_NODES = 200

Data = dict[str, Any]

# What a tensor is asked is bound to torch's own code now: student code may give `torch.Tensor` other answers.
_own: Any = vars(torch._C.TensorBase)
_grad, _grad_fn, _dtype, _shape = (_own[name].__get__ for name in ("grad", "grad_fn", "dtype", "shape"))
_is_leaf, _requires_grad, _retains_grad = (_own[name].__get__ for name in ("is_leaf", "requires_grad", "retains_grad"))
_is_nested, _is_quantized, _layout, _is_cpu = (
    _own[name].__get__ for name in ("is_nested", "is_quantized", "layout", "is_cpu")
)
_numel, _data_ptr, _item = (_own[name] for name in ("numel", "data_ptr", "item"))
_detach, _to, _reshape, _tolist = (_own[name] for name in ("detach", "to", "reshape", "tolist"))
_narrow, _select = (_own[name] for name in ("narrow", "select"))
_is_wrapped = torch._C._functorch.is_functorch_wrapped_tensor
_product = math.prod
_STRIDED, _DOUBLE = torch.strided, torch.float64
_type_name = type.__dict__["__name__"].__get__
_NUMPY = (*"bhilqBHILQ", "e", "f", "d", "g")
_NUMBERS = frozenset({decimal.Decimal, fractions.Fraction, *(np.dtype(code).type for code in _NUMPY)})
"""Types whose own `float` is known; of other types only what they inherit from `int` or `float` is used."""
_READ = frozenset({torch.float16, torch.bfloat16, torch.float32, torch.float64})
_READ |= {torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8}


def type_name(value: object) -> str:
    """The name of a value's type, whatever the type says of itself."""
    return str(_type_name(type(value)))[:80]


class Snapshot:
    """Describes the values of one call; tensors that share an object, memory or a leaf have the same number."""

    def __init__(self, registry: Registry, max_values: int) -> None:
        """Number what is seen with `registry`; keep at most `max_values` numbers of one tensor or array."""
        self._registry = registry
        self._max_values = max_values
        self._numbers_left = MAX_NUMBERS_IN_ALL
        self._described: dict[int, Data] = {}
        self._nodes: dict[int, int] = {}
        self._kept: list[tuple[Any, list[Any]]] = []
        self._items_left = MAX_ITEMS_IN_ALL
        self.graph: list[Data] = []
        """The nodes reached from the described tensors: name, the nodes they lead to, the leaf they accumulate in."""

    def describe(self, value: object, depth: int = 0) -> Data:
        """Any value as data; what is no number, text, tensor or sequence is named by its type alone."""
        if is_tensor(value):
            return self._tensor(value)
        if value is None:
            return {"kind": "none"}
        number = number_of(value)
        if number is not None:
            return {"kind": "number", "type": type_name(value), "value": number}
        if type(value) is str:
            return {"kind": "text", "value": value[:MAX_TEXT]}
        if type(value) is np.ndarray:
            return self._array(value)
        return self._container(value, depth)

    def _container(self, value: object, depth: int) -> Data:
        base: Any = next((b for b in (list, tuple, deque) if issubclass(type(value), b)), None)
        if base is None:
            return {"kind": "other", "type": type_name(value)}
        length = base.__len__(value)
        kept = min(length, MAX_ITEMS, self._items_left) if depth < MAX_DEPTH else 0
        self._items_left -= kept
        items = [self.describe(base.__getitem__(value, index), depth + 1) for index in range(kept)]
        return {"kind": "sequence", "type": type_name(value), "length": length, "items": items}

    def _array(self, value: Any) -> Data:
        is_real = value.dtype.kind in "fiub"
        count = self._take_numbers(value.size) if is_real else 0
        return {
            "kind": "array",
            "dtype": str(value.dtype)[:40],
            "shape": list(value.shape)[:8],
            # `flat` reads the first numbers without a copy of the others.
            "values": [float(v) for v in value.flat[:count].tolist()] if is_real else None,
            "cut": is_real and count < value.size,
            "memory": self._registry.memory(int(value.__array_interface__["data"][0])),
        }

    def _take_numbers(self, size: int) -> int:
        """How many of `size` numbers are to be kept."""
        count = min(size, self._max_values, self._numbers_left)
        self._numbers_left -= count
        return count

    def _tensor(self, value: Any) -> Data:
        number = self._registry.object(value)
        known = self._described.get(number)  # a leaf that was returned is described twice
        if known is None:
            known = self._described[number] = self._fields(value, number)
            grad = _grad(value) if known["is_leaf"] or known["retains_grad"] else None
            known["grad"] = self._fields(grad, self._registry.object(grad)) if is_tensor(grad) else None
        return known

    def _fields(self, value: Any, number: int) -> Data:
        """All of a tensor but its gradient."""
        plain = is_plain(value)
        node = _grad_fn(value)
        size = _product(_shape(value)) if plain else 0
        values = values_of(value, self._take_numbers(size)) if plain else None
        return {
            "kind": "tensor",
            "type": type_name(value),
            "object": number,
            "memory": self._registry.memory(_data_ptr(value)) if plain else None,
            "dtype": _dtype_name(_dtype(value)),
            "shape": None if _is_nested(value) else list(_shape(value))[:8],
            "values": values,
            "cut": values is not None and len(values) < size,
            "requires_grad": _requires_grad(value),
            "is_leaf": _is_leaf(value),
            "retains_grad": _retains_grad(value),
            "leaf": self._registry.leaf(value),
            "grad_fn": None if node is None else type_name(node),
            "node": None if node is None else self._add_graph(node),
        }

    def _add_graph(self, root: Any) -> int | None:
        """Add the graph below `root` and return the root's place in it, None where the graph is cut there."""
        waiting = [root]
        while waiting and len(self.graph) < MAX_GRAPH_NODES:
            node = waiting.pop()
            if identity(node) in self._nodes:
                continue
            followed = [following for following, _ in node.next_functions if following is not None]
            self._nodes[identity(node)] = len(self.graph)
            self._kept.append((node, followed))
            self.graph.append({"name": type_name(node), "next": [], "leaf": self._registry.accumulates_in(node)})
            waiting.extend(followed)
        return self._nodes.get(identity(root))

    def finish(self) -> list[Data]:
        """The graph, with the edges between the nodes that were kept."""
        for (_, followed), data in zip(self._kept, self.graph, strict=True):
            data["next"] = [self._nodes[identity(n)] for n in followed if identity(n) in self._nodes]
        return self.graph


def is_plain(tensor: Any) -> bool:
    """Whether a tensor's numbers lie in this machine's memory, as they are: not on a device, sparse or wrapped."""
    odd = _is_quantized(tensor) or _is_nested(tensor) or _is_wrapped(tensor)
    return bool(_layout(tensor) is _STRIDED and _is_cpu(tensor) and not odd)


@functools.cache
def _dtype_name(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def number_of(value: Any) -> float | None:
    """A Python or NumPy number, `Decimal` or `Fraction` as a float; None for anything else, `bool` included."""
    kind = type(value)
    try:
        if kind in _NUMBERS:
            return float(value)
        if issubclass(kind, float):
            return float.__float__(value)
        if issubclass(kind, int) and kind is not bool:
            return float(int.__index__(value))
    except (OverflowError, ValueError):  # an integer beyond any float, a signalling NaN
        return None
    return None


def values_of(tensor: Any, count: int) -> list[float] | None:
    """The first `count` numbers of a real tensor in double precision, row by row; None for a boolean or complex one."""
    if _dtype(tensor) not in _READ:
        return None
    shape = _shape(tensor)
    if count == _product(shape) == 1:
        return [float(_item(tensor))]
    part = _detach(tensor)
    if count < _product(shape):
        part = _beginning(part, count)
    return [float(v) for v in _tolist(_reshape(_to(part, _DOUBLE), -1))[:count]]


def _beginning(tensor: Any, count: int) -> Any:
    """A part with at least the first `count` numbers and fewer than twice as many, so that no large one is copied."""
    for _ in _shape(tensor):
        row = _product(_shape(tensor)[1:])
        if row < max(count, 1):
            return _narrow(tensor, 0, 0, -(-count // row))
        tensor = _select(tensor, 0, 0)
    return tensor
