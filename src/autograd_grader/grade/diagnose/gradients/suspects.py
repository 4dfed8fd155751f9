"""Calls that returned a wrong gradient, and the backward pass behind each: which leaves, and which result."""

from __future__ import annotations

from autograd_grader.grade.evidence.autograd import backward_passes, root_of
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.grade.evidence.numbers import close, number_in
from autograd_grader.model.observation import Event


def first_is_wrong(function: FunctionEvidence, call: CallEvidence) -> bool:
    """Whether the first gradient that a call returned is wrong."""
    found = function.form.first_gradient(function.target, call)
    if found is None:
        return False
    pairs = zip(found, function.right_gradient(call), strict=True)
    return not all(close(number, right, call.tolerance) for number, right in pairs)


def suspects(function: FunctionEvidence) -> list[tuple[CallEvidence, Event]]:
    """The calls that returned a wrong gradient after a backward pass, with the first one of each."""
    ran = [(call, backward_passes(call)) for call in function.returned]
    return [(call, passes[0]) for call, passes in ran if passes and first_is_wrong(function, call)]


def held_by_leaves(call: CallEvidence, event: Event) -> list[float | None]:
    """The numbers in the leaves that a backward pass reached."""
    return [number_in(call.observed.leaves[leaf]) for leaf in event.leaves if leaf < len(call.observed.leaves)]


def root_value(call: CallEvidence, event: Event) -> float | None:
    """The number that a backward pass started from."""
    root = root_of(call, event)
    return root.value if root is not None else None
