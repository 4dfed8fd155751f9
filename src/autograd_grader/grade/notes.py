"""Notes: what is worth knowing about an exercise's work and costs no points."""

from __future__ import annotations

from autograd_grader.grade.broken import BrokenRules
from autograd_grader.grade.evidence.exercise import ExerciseEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.model.observation import Failure, Load
from autograd_grader.text import clean_line


def notes_on(evidence: ExerciseEvidence, broken: BrokenRules) -> tuple[str, ...]:
    """The notes for one exercise, each a sentence; one that can't be made is left out and told to `broken`."""
    found = [
        broken.ask("failed_cells", evidence.id, _failed_cells, evidence),
        broken.ask("close_derivatives", evidence.id, _close_derivatives, evidence),
    ]
    return tuple(note for notes in found for note in notes or ())


def _failed_cells(evidence: ExerciseEvidence) -> list[str]:
    paths = dict.fromkeys(path for name in evidence.functions if (path := evidence.path(name)) is not None)
    loads = [load for load in evidence.observation.loads if load.path in paths]
    return [_failed_cell(load, error) for load in loads for error in load.errors if error.cell is not None]


def _failed_cell(load: Load, error: Failure) -> str:
    what = f"{clean_line(error.type, 60)}: {clean_line(error.message, 120)}"
    return f"Cell {error.cell} of {clean_line(load.path, 80)} raised {what}; the later cells still ran."


def _close_derivatives(evidence: ExerciseEvidence) -> list[str]:
    functions = [FunctionEvidence(evidence, name) for name in evidence.functions]
    notes = [f.form.note(f.target, f.article) for f in functions if f.article is not None]
    return [note for note in notes if note is not None]
