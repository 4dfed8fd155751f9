"""What an observation says about an answer's behaviour, less what the contract leaves free.

Two answers that behave alike can't be told apart by any grader of these exercises.
"""

from __future__ import annotations

from typing import Any

from autograd_grader.grade.evidence import CallEvidence, ExerciseEvidence
from autograd_grader.grade.evidence.numbers import is_printed, number_in
from autograd_grader.model.observation import Value


def behaviour(seen: ExerciseEvidence) -> tuple[Any, ...]:
    """What each call of an exercise did: how it ended, the numbers, the leaves, the graph, the printing."""
    calls = tuple(_call(seen, call) for call in seen)
    return (*calls, *(seen.constant(name) for name in seen.plan.constants))


def _call(seen: ExerciseEvidence, call: CallEvidence) -> tuple[Any, ...]:
    subject = seen.subjects[call.plan.function]
    printed: tuple[bool, ...] = ()
    if subject.form == "tensors" and call.plan.bend == 1.0:
        printed = tuple(is_printed(call.observed.printed, g) for g in subject.expected_gradient(call.args))
    passes = _passes(call) if subject.form == "passes" else ()
    whole = subject.form == "tensors"
    return (call.observed.outcome, _value(call, call.returned, whole=whole), printed, passes)


def _passes(call: CallEvidence) -> tuple[tuple[int, ...], ...]:
    """The leaves that each backward filled, numbered as they come up."""
    numbers: dict[int, int] = {}
    walks = []
    for event in call.events("backward"):
        filled = sorted(leaf for leaf, _, _ in event.changes if leaf in event.leaves)
        walks.append(tuple(numbers.setdefault(leaf, len(numbers)) for leaf in filled))
    return tuple(walks)


def _value(call: CallEvidence, value: Value | None, *, whole: bool) -> Any:  # noqa: ANN401 - a nested tuple
    """A value's number; where the tensor itself is asked for (`whole`), its gradient and its graph too."""
    if value is None or value.kind in ("none", "other"):
        return None
    if value.kind == "sequence" and value.length != 1:
        return tuple(_value(call, item, whole=whole) for item in value.items)
    number = number_in(value)
    if number is None:
        return (value.kind, value.shape)
    shown = f"{number:.4g}"
    if value.kind != "tensor" or not whole:
        return shown
    grad = number_in(value.grad)
    leaves = [item.leaf for item in (call.returned.items if call.returned else ())]
    reached = tuple(leaf in call.reached_leaves(value) for leaf in leaves)
    return (shown, value.requires_grad, value.is_leaf, None if grad is None else f"{grad:.4g}", reached)
