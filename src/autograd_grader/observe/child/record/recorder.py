"""Records what autograd does while any PyTorch code runs.

One event list has three sources: a `TorchFunctionMode` sees every operation and every access of `.grad`; the engine
proxy (`engine.py`) sees every backward pass; and after each event the `.grad` of the known leaves is compared with what
it was, so that a change is seen whatever made it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from autograd_grader.observe.child.confine.audit_hook import quiet
from autograd_grader.observe.child.record.registry import TENSOR_TYPES, Registry, is_tensor
from autograd_grader.observe.child.record.snapshot import type_name

MAX_EVENTS = 2000
"""Events kept of one call; the observation says where there were more."""
MAX_LEAVES = 16
"""Leaves whose `.grad` is followed."""
MAX_NAMED = 64
"""Leaves that one event names."""
MAX_REACHED = 2000
"""Nodes of a graph that are searched for the leaves that a `backward` reaches."""

Event = dict[str, Any]

_grad: Any = vars(torch._C.TensorBase)["grad"].__get__
_item, _numel = (vars(torch._C.TensorBase)[name] for name in ("item", "numel"))
_is_wrapped = torch._C._functorch.is_functorch_wrapped_tensor
_get_unwrapped = torch._C._functorch.get_unwrapped
_get_frame = sys._getframe
_STRIDED = torch.strided
_NO_GRAD: tuple[Any, int | None, float | None] = (None, None, None)

_CONVERSIONS = {
    "item": "item",
    "__float__": "item",
    "__int__": "item",
    "__index__": "item",
    "tolist": "item",
    "numpy": "numpy",
    "__array__": "numpy",
    "detach": "detach",
    "detach_": "detach",
    "_set_grad_enabled": "grad-mode",
    "retain_grad": "retain-grad",
    "requires_grad_": "requires-grad",
}
_PROPERTIES = {
    ("grad", "__get__"): "grad-read",
    ("grad", "__set__"): "grad-write",
    ("grad", "__delete__"): "grad-write",
    ("data", "__get__"): "data",
    ("data", "__set__"): "data-write",
    ("requires_grad", "__set__"): "requires-grad",
}
_NOT_RECORDED = frozenset(
    {"_record_function_enter_new", "_record_function_exit._RecordFunction", "__repr__", "__format__"}
)
_PURE = frozenset({"add", "sub", "mul", "div", "pow", "neg", "clone"})
"""Operations that write to nothing but their `out`: after these, over half of all, no `.grad` has changed."""
_ENGINE_CALLS = frozenset({"backward", "grad"})
"""What the engine proxy records, unless it fails before it reaches the engine."""
_FAILED = "failed-backward"


def kind_of(func: Any) -> tuple[str, str] | None:
    """The event kind and the name of a torch function; None for one that says nothing about autograd."""
    name = getattr(func, "__name__", "")
    if name in ("__get__", "__set__", "__delete__"):
        owner = getattr(getattr(func, "__self__", None), "__name__", "")
        kind = _PROPERTIES.get((owner, name))
        return None if kind is None else (kind, owner)
    if name in _NOT_RECORDED:
        return None
    if name in _ENGINE_CALLS:
        return _FAILED, name
    return _CONVERSIONS.get(name, "op"), name


class Recorder(TorchFunctionMode):
    """Keeps the event list of one call.

    `files` are the code file names of the student's own files: an event's line is the nearest frame in one of them.
    """

    def __init__(self, registry: Registry, files: Collection[str]) -> None:
        """Record into a fresh list, numbering with `registry`."""
        super().__init__()
        self._registry = registry
        self._files = files
        self.events: list[Event] = []
        self.cut = False
        self._grads: dict[int, tuple[Any, int | None, float | None]] = {}

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run the torch function, then record it; what it raises is recorded and raised again."""
        kwargs = kwargs or {}
        if self.cut:
            return func(*args, **kwargs)
        kind = kind_of(func)
        before = len(self.events)
        try:
            result = func(*args, **kwargs)
        except Exception as error:
            if kind is not None and len(self.events) == before:
                self.compare_gradients(self._record(kind, args, None, error=type_name(error)))
            raise
        if kind is not None and kind[0] != _FAILED:
            event = self._record(kind, args, result)
            if kwargs or kind[1] not in _PURE:
                self.compare_gradients(event)
        return result

    def begin_backward(self, roots: Any, *, accumulates: bool, scaled: bool) -> Event:
        """Record that the engine is about to go back through the graph of `roots`."""
        leaves = sorted(self._reached(roots))[:MAX_NAMED]
        self._record_unseen_changes()
        tensors = [self._registry.object(root) for root in roots[:8] if is_tensor(root)]
        name = "backward" if accumulates else "grad"
        event = self._event(name, name, tensors)
        event |= {"leaves": leaves, "scaled": scaled, "value": _sum(roots)}
        return event

    def _record_unseen_changes(self) -> None:
        """Record a gradient that changed since the last event without one of its own: NumPy shares its memory."""
        unseen: Event = {"kind": "unseen"}
        self.compare_gradients(unseen)
        if "changes" in unseen:
            self._event("unseen", "shared memory", [])
            self.events[-1]["changes"] = unseen["changes"]

    def stepped(self, name: str) -> None:
        """Record that an optimizer has changed its parameters."""
        if not self.cut:
            self.compare_gradients(self._event("step", name, []))

    def forward(self) -> None:
        """Record the start of a forward-mode derivative, which makes no backward pass."""
        if not self.cut:
            self._event("forward", "make_dual", [])

    def end_backward(self, event: Event, gradients: Any) -> None:
        """Record in `event` what the backward pass gave: the gradients it returned, or what it left in `.grad`."""
        event["values"] = [_scalar(_unwrapped(g)) for g in gradients or () if is_tensor(g)][:8]
        self.compare_gradients(event)

    def compare_gradients(self, event: Event) -> None:
        """Record in `event` how the `.grad` of each leaf has changed."""
        # An operation raises the version of what it changes, but not through `.data` or NumPy, which share the memory
        # alone: after what may have written, the number itself is compared.
        writes = event["kind"] != "op" or event["name"].endswith("_")
        changes = []
        for number, leaf in enumerate(self._registry.leaves[:MAX_LEAVES]):
            now = _grad(leaf)
            version = None if now is None else now._version
            old, old_version, old_value = self._grads.get(number, _NO_GRAD)
            if now is old and version == old_version and (now is None or not writes):
                continue
            value = _scalar(now)
            if now is not old or value != old_value:
                changes.append([number, _change(old, now, value), value])
            self._grads[number] = (now, version, value)
        if changes:
            event["changes"] = changes

    def _record(self, kind: tuple[str, str], args: tuple[Any, ...], result: Any, error: str | None = None) -> Event:
        number, leaf_of = self._registry.object, self._registry.leaf
        inputs = _tensors(args)
        event = self._event(kind[0], kind[1], [number(a) for a in inputs[:8]])
        leaves = [leaf for a in inputs if (leaf := leaf_of(a)) is not None]
        if error is not None:
            event["error"] = error
        if type(result) in TENSOR_TYPES:
            event |= {"output": number(result), "value": _scalar(result), "requires_grad": result.requires_grad}
            made = leaf_of(result)
            if made is not None:
                leaves.append(made)
                event["kind"] = "leaf" if kind[0] == "op" and not inputs else kind[0]
        elif kind[0] == "grad-read" and inputs:
            event["requires_grad"] = inputs[0].requires_grad
        elif kind[0] in ("grad-mode", "requires-grad"):
            event["value"] = _truth(args)
        event["leaves"] = leaves[:MAX_NAMED]
        return event

    def _event(self, kind: str, name: str, tensors: list[int]) -> Event:
        file, line = self._place()
        event: Event = {"kind": kind, "name": name[:60], "file": file, "line": line, "tensors": tensors}
        self.events.append(event)
        self.cut = len(self.events) >= MAX_EVENTS or self._registry.full
        return event

    def _place(self) -> tuple[str | None, int | None]:
        quiet[0] = True
        try:
            frame = _get_frame(4)  # the nearer ones are this program's
        except ValueError:  # a thread that was started with a function of this program
            return None, None
        finally:
            quiet[0] = False
        while frame is not None:
            name = frame.f_code.co_filename
            if name in self._files:
                return name, frame.f_lineno
            frame = frame.f_back  # type: ignore[assignment]
        return None, None

    def _reached(self, roots: Any) -> set[int]:
        """The numbers of the leaves that the graph of `roots` leads to."""
        found: set[int] = set()
        waiting = []
        for root in roots:
            if is_tensor(root):
                leaf = self._registry.leaf(root)
                if leaf is not None:
                    found.add(leaf)
                elif root.grad_fn is not None:
                    waiting.append(root.grad_fn)
        seen: set[Any] = set()
        while waiting and len(seen) < MAX_REACHED:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            leaf = self._registry.accumulates_in(node)
            if leaf is not None:
                found.add(leaf)
            waiting += [following for following, _ in node.next_functions if following is not None]
        return found


def _truth(args: tuple[Any, ...]) -> float | None:
    """The last argument as a number, where it is True or False."""
    return float(args[-1]) if args and type(args[-1]) is bool else None


def _tensors(args: tuple[Any, ...]) -> list[Any]:
    """The tensors among the arguments, and among the items of lists and tuples there (`torch.stack([x, y])`)."""
    found: list[Any] = []
    for argument in args[:8]:
        if type(argument) in TENSOR_TYPES:
            found.append(argument)
        elif type(argument) in (list, tuple):
            found.extend(item for item in argument[:16] if type(item) in TENSOR_TYPES)
    return found


def _unwrapped(value: Any) -> Any:
    """The tensor that a wrapper of `torch.func` holds; any other value is its own."""
    while is_tensor(value) and _is_wrapped(value):
        value = _get_unwrapped(value)
    return value


def _scalar(value: Any) -> float | None:
    """A one-element real tensor's number."""
    if not is_tensor(value) or _numel(value) != 1 or value.layout is not _STRIDED:
        return None
    try:
        return float(_item(value))
    except (RuntimeError, TypeError):  # inside `torch.func` or `vmap`, and elsewhere than on the CPU; a complex number
        return None


def _sum(roots: Any) -> float | None:
    """The number that a backward pass starts from: the sum of its roots, where each has a number."""
    numbers = [_scalar(_unwrapped(root)) for root in roots[:8]]
    return None if None in numbers else sum(number for number in numbers if number is not None)


def _change(old: object, now: object, value: float | None) -> str:
    if now is None:
        return "dropped"
    if old is None:
        return "filled"
    if now is not old:
        return "replaced"
    return "zeroed" if value == 0.0 else "changed"
