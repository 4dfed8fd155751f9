"""Flags for the staff: what honest work does not do. Never shown to a student, and never worth points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from autograd_grader.course.target import Target
from autograd_grader.grade.evidence import CallEvidence, ExerciseEvidence
from autograd_grader.grade.evidence.numbers import close, show
from autograd_grader.model.observation import Observation, Value
from autograd_grader.model.result import Flag

_MOST_WALKS = 100
"""More than any right answer takes; each one's root is compared with what all of them gave."""
_WALKS = frozenset({"backward", "grad", "forward"})
_BY_TORCH = "(by torch itself)"
_NAMESPACES = (
    "torch",
    "Tensor",
    "Parameter",
    "Variable",
    "builtins",
    "json",
    "math",
    "numpy",
    "os.",
    "random",
    "module ",
)


def flags_of(observation: Observation, exercises: Mapping[str, ExerciseEvidence]) -> tuple[Flag, ...]:
    """What in a submission the staff should look at."""
    found = (_machinery, _refused, _replaced, _disagreeing)
    flags = [flag for find in found for flag in find(observation)]
    flags += [flag for seen in exercises.values() for flag in _walked_elsewhere(seen)]
    return tuple(flags)


def _machinery(observation: Observation) -> Iterator[Flag]:
    for facts in observation.facts:
        if facts.reaches:
            yield Flag(slug="reaches-inside", detail=f"{facts.path} uses {', '.join(facts.reaches)}")
    for what in observation.noticed:
        yield Flag(slug="reaches-inside", detail=f"its code {what}")


def _refused(observation: Observation) -> Iterator[Flag]:
    tried = [(call.exercise, what) for call in observation.calls for what in call.refused]
    tried += [(load.path, what) for load in observation.loads for what in load.refused]
    for where, what in dict.fromkeys(tried):
        yield Flag(slug="refused", detail=f"{where} tried to {what}")


def _replaced(observation: Observation) -> Iterator[Flag]:
    for change in dict.fromkeys(observation.changes):
        if change.startswith(_NAMESPACES) and not change.endswith(_BY_TORCH):
            yield Flag(slug="replaced-name", detail=f"student code put something else in place of {change}")


def _disagreeing(observation: Observation) -> Iterator[Flag]:
    """Calls whose gradients followed the bend although no walk of a graph was seen: one of the two was got round."""
    observed = {(call.exercise, call.call): call for call in observation.calls}
    for plan in observation.plan.exercises:
        for bent in (call for call in plan.calls if call.bend != 1.0):
            seen = observed.get((plan.exercise, bent.id))
            twin = next((c for c in plan.calls if c.args == bent.args and c.function == bent.function), bent)
            plain = observed.get((plan.exercise, twin.id))
            if seen is None or plain is None or seen.events_cut or any(e.kind in _WALKS for e in seen.events):
                continue
            pairs = zip(_numbers(plain.returned), _numbers(seen.returned), strict=False)
            if any(a and close(b, a * bent.bend) for a, b in pairs):
                yield Flag(
                    slug="evidence-disagrees", detail=f"{plan.exercise}: {bent.function} bent without a backward"
                )


def _walked_elsewhere(seen: ExerciseEvidence) -> Iterator[Flag]:
    """Calls that came to the right, bent gradient though autograd also walked back from another number than f.

    A walk of their own, through a function that is not asked for, tells how autograd was bent.
    """
    for function, subject in seen.subjects.items():
        call = seen.bent(function)
        strange = _strange_root(call, subject) if _came_out_right(call, subject) else None
        if strange is not None:
            where = f"{seen.id}: {function} ran autograd on {show(strange)} as well, which is not f"
            yield Flag(slug="evidence-disagrees", detail=where)


def _came_out_right(call: CallEvidence, subject: Target) -> bool:
    """Whether a bent call gave what earns its points: where it did not, an honest mistake explains a strange walk."""
    gradients = subject.expected_gradient(call.args)
    numbers = _numbers(call.returned)
    if subject.form == "passes":
        times = (1,) if subject.zeroes else range(1, len(numbers) + 1)
        right = [k * g * call.plan.bend for g in gradients for k in times]
        return bool(numbers) and all(any(close(n, r, call.tolerance) for r in right) for n in numbers)
    wanted = [g * call.plan.bend for g in gradients] + (list(gradients) if subject.form == "by-hand" else [])
    return all(any(close(n, w, call.tolerance) for n in numbers) for w in wanted)


def _strange_root(call: CallEvidence, subject: Target) -> float | None:
    """A number that a walk started from and that is neither f, nor a part of it, nor a gradient of it."""
    f = subject.expected_value(call.args)
    walks = [event for event in call.events("backward", "grad") if event.error is None]
    if len(walks) > _MOST_WALKS:
        return walks[_MOST_WALKS].value
    given = [0.0, *(v for e in walks for v in (*e.values, *(value for _, _, value in e.changes)) if v is not None)]
    roots = [e.value for e in walks if e.value is not None and not close(e.value, f, call.tolerance)]
    rest = [root for root in roots if not any(close(root, number, call.tolerance) for number in given)]
    together = any(close(sum(rest), times * f, call.tolerance) for times in range(1, len(walks) + 1))
    return None if not rest or together else rest[0]


def _numbers(value: Value | None) -> list[float]:
    """Every number in a value, gradients included, in order."""
    if value is None:
        return []
    own = [value.value] if isinstance(value.value, float) else list(value.values or ())
    inner = [number for item in (*value.items, *([value.grad] if value.grad else [])) for number in _numbers(item)]
    return own + inner
