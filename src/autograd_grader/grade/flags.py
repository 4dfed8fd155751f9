"""Flags for the staff: what honest work does not do. Never shown to a student, and never worth points."""

from __future__ import annotations

from collections.abc import Iterator

from autograd_grader.model.observation import Observation
from autograd_grader.model.result import Flag

_MACHINERY = frozenset({
    "_getframe", "f_back", "f_locals", "f_globals", "tb_frame", "gc", "get_objects", "get_referrers", "ctypes",
    "_execution_engine", "run_backward", "_EngineBase", "__torch_function__", "TorchFunctionMode", "autograd_grader",
    "settrace", "setprofile", "meta_path", "__subclasses__",
})  # fmt: skip
_BY_TORCH = "(by torch itself)"
_NAMESPACES = ("torch", "builtins", "numpy", "math", "random", "Tensor")


def flags_of(observation: Observation) -> tuple[Flag, ...]:
    """What in a submission the staff should look at."""
    return (*_machinery(observation), *_refused(observation), *_replaced(observation))


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
