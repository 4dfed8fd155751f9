"""Flags for the staff: what honest work does not do. Never shown to a student, and never worth points."""

from __future__ import annotations

from collections.abc import Iterator

from autograd_grader.grade.numbers import close
from autograd_grader.model.observation import Observation, Value
from autograd_grader.model.result import Flag

_MACHINERY = frozenset({
    "_getframe", "f_back", "f_locals", "f_globals", "tb_frame", "gc", "get_objects", "get_referrers", "ctypes",
    "_execution_engine", "run_backward", "_EngineBase", "__torch_function__", "TorchFunctionMode", "autograd_grader",
    "settrace", "setprofile", "meta_path", "__subclasses__",
})  # fmt: skip
_WALKS = frozenset({"backward", "grad", "forward"})
_BY_TORCH = "(by torch itself)"
_NAMESPACES = ("torch", "builtins", "numpy", "math", "random", "Tensor")


def flags_of(observation: Observation) -> tuple[Flag, ...]:
    """What in a submission the staff should look at."""
    found = (_machinery, _refused, _replaced, _disagreeing)
    return tuple(flag for find in found for flag in find(observation))


def _machinery(observation: Observation) -> Iterator[Flag]:
    for facts in observation.facts:
        for name, definition in facts.defines.items():
            found = sorted({use for use, _ in definition.uses if use in _MACHINERY})
            if found:
                yield Flag(slug="reaches-inside", detail=f"{facts.path}: {name} uses {', '.join(found)}")


def _refused(observation: Observation) -> Iterator[Flag]:
    tried = [(call.exercise, what) for call in observation.calls for what in call.refused]
    tried += [(load.path, what) for load in observation.loads for what in load.refused]
    for where, what in dict.fromkeys(tried):
        yield Flag(slug="refused", detail=f"{where} tried to {what}")


def _replaced(observation: Observation) -> Iterator[Flag]:
    for change in dict.fromkeys(observation.changes):
        if change.startswith(_NAMESPACES) and "." in change and not change.endswith(_BY_TORCH):
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


def _numbers(value: Value | None) -> list[float]:
    """Every number in a value, gradients included, in order."""
    if value is None:
        return []
    own = [value.value] if isinstance(value.value, float) else list(value.values or ())
    inner = [number for item in (*value.items, *([value.grad] if value.grad else [])) for number in _numbers(item)]
    return own + inner
