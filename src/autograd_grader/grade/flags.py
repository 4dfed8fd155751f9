"""Flags for the staff: what honest work does not do. Never shown to a student, and never worth points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from autograd_grader.course.target import Target
from autograd_grader.grade.broken import BrokenRules
from autograd_grader.grade.evidence.autograd import backward_passes
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.exercise import ExerciseEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.grade.evidence.numbers import all_numbers, close
from autograd_grader.grade.evidence.shown import show
from autograd_grader.model.observation import CallObservation, Event, Observation
from autograd_grader.model.plan import Call, ExercisePlan
from autograd_grader.model.result import Flag

_MOST_PASSES = 100
"""More than any right answer takes; each one's root is compared with what all of them gave."""
_PASSES = frozenset({"backward", "grad", "forward"})
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


def flags_of(
    observation: Observation, exercises: Mapping[str, ExerciseEvidence], broken: BrokenRules
) -> tuple[Flag, ...]:
    """What in a submission the staff should look at; what can't be found out is told to `broken`."""
    about = "the whole submission"
    found = [
        broken.ask("reaches-inside", about, tuple, _machinery(observation)),
        broken.ask("refused", about, tuple, _refused(observation)),
        broken.ask("replaced-name", about, tuple, _replaced(observation)),
        broken.ask("evidence-disagrees", about, tuple, _disagreeing(observation)),
        *(broken.ask("evidence-disagrees", e.id, tuple, _other_roots(e)) for e in exercises.values()),
    ]
    return tuple(flag for flags in found for flag in flags or ())


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
    """Calls whose gradients were bent although no backward pass was seen: one of the two was got round."""
    observed = {(call.exercise, call.call): call for call in observation.calls}
    for plan in observation.plan.exercises:
        for bent in (call for call in plan.calls if call.bend != 1.0):
            call = observed.get((plan.exercise, bent.id))
            plain = observed.get((plan.exercise, _twin(plan, bent).id))
            if call is not None and plain is not None and _bent_unseen(plain, call, bent.bend):
                yield Flag(
                    slug="evidence-disagrees", detail=f"{plan.exercise}: {bent.function} bent without a backward"
                )


def _bent_unseen(plain: CallObservation, bent: CallObservation, bend: float) -> bool:
    """Whether a number came back bent from a call that shows no backward pass to its end."""
    if bent.events_cut or any(event.kind in _PASSES for event in bent.events):
        return False
    pairs = zip(all_numbers(plain.returned), all_numbers(bent.returned), strict=False)
    return any(number and close(other, number * bend) for number, other in pairs)


def _twin(plan: ExercisePlan, bent: Call) -> Call:
    """The first call with the arguments of a bent one."""
    alike = (c for c in plan.calls if (c.function, c.args, c.kwargs) == (bent.function, bent.args, bent.kwargs))
    return next(alike, bent)


def _other_roots(evidence: ExerciseEvidence) -> Iterator[Flag]:
    """Calls that came to the right, bent gradient though autograd also went back from another number than the result.

    A backward pass of their own, through a function that is not asked for, tells how autograd was bent.
    """
    for name in evidence.functions:
        function = FunctionEvidence(evidence, name)
        call, target = function.bent, function.target
        if call is None or not function.form.bent_is_right(target, call):
            continue
        other = _other_root(call, target)
        if other is not None:
            what = f"{name} ran autograd on {show(other)} as well, which is not {target.result}"
            yield Flag(slug="evidence-disagrees", detail=f"{evidence.id}: {what}")


def _other_root(call: CallEvidence, target: Target) -> float | None:
    """A number that a backward pass started from: neither the result, nor a part of it, nor a gradient of it."""
    passes = backward_passes(call)
    if len(passes) > _MOST_PASSES:
        return passes[_MOST_PASSES].value
    result = target.expected_value(call.args)
    known = [0.0, result, *(number for event in passes for number in _gradients(event))]
    roots = [event.value for event in passes if event.value is not None]
    rest = [root for root in roots if not any(close(root, number, call.tolerance) for number in known)]
    are_parts = any(close(sum(rest), times * result, call.tolerance) for times in range(1, len(passes) + 1))
    return rest[0] if rest and not are_parts else None


def _gradients(event: Event) -> Iterator[float]:
    """The numbers that a backward pass handed back or left in `.grad`."""
    yield from (number for number in event.values if number is not None)
    yield from (number for _, _, number in event.changes if number is not None)
