"""What an observation says about an answer's behaviour, less what the exercises leave free.

Two answers that behave alike can't be told apart by any grader of these exercises.
"""

from __future__ import annotations

from typing import Any

from autograd_grader.course.target import Target
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.exercise import ExerciseEvidence
from autograd_grader.grade.evidence.numbers import number_in
from autograd_grader.grade.forms import form_of
from autograd_grader.model.observation import Value


def behaviour(evidence: ExerciseEvidence) -> tuple[Any, ...]:
    """What each call of an exercise did: how it ended, the numbers, and what else its form of return asks for."""
    calls = tuple(_call(evidence.targets.get(call.plan.function, Target()), call) for call in evidence)
    return (*calls, *(evidence.constant(name) for name in evidence.plan.constants))


def _call(target: Target, call: CallEvidence) -> tuple[Any, ...]:
    form = form_of(target)
    value = _value(call, call.returned, whole=form.returns_tensors)
    return (call.observed.outcome, value, form.side_effects(target, call))


def _value(call: CallEvidence, value: Value | None, *, whole: bool) -> Any:  # noqa: ANN401 - a nested tuple
    """A value's numbers; where the tensor itself is asked for (`whole`), its gradient and its graph too."""
    if value is None or value.kind in ("none", "other"):
        return None
    if value.kind == "sequence" and value.length != 1:
        return (value.length, *(_value(call, item, whole=whole) for item in value.items))
    if value.kind == "text":
        return value.value
    number = number_in(value)
    if number is None:
        return (value.kind, value.shape, tuple(f"{n:.4g}" for n in value.values or ()))
    shown = f"{number:.4g}"
    return _tensor(call, value, shown) if value.kind == "tensor" and whole else shown


def _tensor(call: CallEvidence, value: Value, shown: str) -> tuple[Any, ...]:
    """A tensor's number as shown, its gradient, and which of the returned leaves its graph leads to."""
    grad = number_in(value.grad)
    leaves = [item.leaf for item in (call.returned.items if call.returned else ())]
    reached = tuple(leaf in call.reached_leaves(value) for leaf in leaves)
    return (shown, value.requires_grad, value.is_leaf, None if grad is None else f"{grad:.4g}", reached)
