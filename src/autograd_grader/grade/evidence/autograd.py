"""What autograd did in a call: backward passes, reads of an empty `.grad`, and what takes numbers out of the graph."""

from __future__ import annotations

from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.model.observation import Event


def backward_passes(call: CallEvidence) -> list[Event]:
    """Every backward pass that succeeded, by `backward` or by `autograd.grad`."""
    return [event for event in call.events("backward", "grad") if event.error is None]


def backward_calls(call: CallEvidence) -> list[Event]:
    """The backward passes that were to fill `.grad`."""
    return [event for event in call.events("backward") if event.error is None]


def filled_leaves(call: CallEvidence) -> set[int]:
    """The leaves whose `.grad` a backward filled or added to."""
    return {leaf for e in backward_calls(call) for leaf, _, _ in e.changes if leaf in e.leaves}


def added_to(event: Event) -> bool:
    """Whether a backward added to a gradient that was there."""
    return any(kind == "changed" for _, kind, _ in event.changes)


def emptied(event: Event) -> bool:
    """Whether an event zeroed or dropped a gradient."""
    return any(kind in ("zeroed", "dropped") for _, kind, _ in event.changes)


def first_emptying(call: CallEvidence) -> Event | None:
    """The first event that zeroed or dropped a gradient."""
    return next((event for event in call.observed.events if emptied(event)), None)


def maker_of(call: CallEvidence, tensor: int | None) -> Event | None:
    """The event that made a tensor."""
    return next((event for event in call.observed.events if event.output == tensor), None)


def root_of(call: CallEvidence, event: Event) -> Event | None:
    """The event that made the tensor which a backward pass started from."""
    return maker_of(call, event.tensors[0]) if event.tensors else None


def cuts(call: CallEvidence) -> list[Event]:
    """What takes numbers out of the graph, in order."""
    kinds = ("item", "detach", "data", "numpy")
    found = [e for e in call.events(*kinds) if e.error is None or e.kind == "numpy"]
    modes = [e for e in call.events("grad-mode") if e.value == 0.0]
    copies = [e for e in call.events("op") if e.name in ("tensor", "as_tensor", "asarray") and e.tensors]
    return sorted([*found, *modes, *copies], key=call.observed.events.index)


def described_cut(event: Event) -> str:
    """What took a number out of the graph, as it is written."""
    words = {
        "item": "a plain Python number",
        "numpy": "NumPy",
        "data": "`.data`",
        "detach": "`.detach()`",
        "grad-mode": "`torch.no_grad()`",
    }
    return words.get(event.kind, f"`torch.{event.name}(…)` makes a new tensor")


def empty_read(call: CallEvidence) -> Event | None:
    """The last time `.grad` was read and was empty."""
    reads = [e for e in call.events("grad-read") if e.output is None]
    return reads[-1] if reads else None
