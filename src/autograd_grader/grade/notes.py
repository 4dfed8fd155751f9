"""Notes: what is worth knowing about an exercise's work and costs no points."""

from __future__ import annotations

from collections.abc import Iterator

from autograd_grader.grade.evidence import ExerciseEvidence
from autograd_grader.grade.evidence.numbers import SINGLE_TOLERANCE, close, number_in
from autograd_grader.text import clean_line

_EXACT = 1e-6
"""Relative. Single precision is exact to a tenth of this; a finite difference seldom is."""


def notes_on(seen: ExerciseEvidence) -> tuple[str, ...]:
    """The notes for one exercise, each a sentence."""
    return (*_failed_cells(seen), *_finite_difference(seen))


def _failed_cells(seen: ExerciseEvidence) -> Iterator[str]:
    paths = dict.fromkeys(path for name in seen.functions if (path := seen.path(name)) is not None)
    loads = [load for load in seen.observation.loads if load.path in paths]
    for load in loads:
        for error in load.errors:
            if error.cell is not None:
                what = f"{clean_line(error.type, 60)}: {clean_line(error.message, 120)}"
                yield f"Cell {error.cell} of {clean_line(load.path, 80)} raised {what}; the later cells still ran."


def _finite_difference(seen: ExerciseEvidence) -> Iterator[str]:
    for function in seen.functions:
        subject, call = seen.subjects[function], seen.straight(function)[0]
        items = call.items(2)
        if subject.form != "by-hand" or items is None or call.tolerance > SINGLE_TOLERANCE:
            continue
        right, by_hand = subject.expected_gradient(call.args)[0], number_in(items[1])
        if close(by_hand, right, call.tolerance) and not close(by_hand, right, _EXACT):
            yield "by_hand is close to the derivative, not equal to it: a finite difference? It counts as right."
