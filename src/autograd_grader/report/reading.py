"""What every renderer reads out of a result: points in plain figures, what is missing, what to mend first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograd_grader.model.result import CheckResult, Diagnosis, ExerciseResult, Result

_ROUNDING = 1e-6
"""Points below this are a sum's rounding, not points."""

STATUS_WORDS = {"graded": "Graded", "partial": "Partly graded", "unreadable": "Could not be read"}
OUTCOME_WORDS = {"passed": "Passed", "failed": "Not yet", "awaiting_review": "Awaits review"}

STATUS_SENTENCES = {
    "graded": "All of the code could be run.",
    "partial": "Some code could not be run to its end. What did run has been marked.",
    "unreadable": "What was handed in could not be read, so nothing could be marked yet.",
}


def points(value: float) -> str:
    """Format points as a person writes them: `7`, `7.5`, `0.25`; two decimals at most."""
    figure = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if figure == "-0" else figure


def points_in_words(value: float) -> str:
    """Format points with their unit: `1 point`, `7.5 points`."""
    return f"{points(value)} {'point' if points(value) == '1' else 'points'}"


def missing(exercise: ExerciseResult) -> float:
    """Count the automatic points that an exercise has not earned; what awaits review is not missing."""
    lacking = exercise.max_score - exercise.score - exercise.awaiting_review
    return lacking if lacking > _ROUNDING else 0.0


def first_to_mend(result: Result) -> tuple[int, ExerciseResult] | None:
    """Find the first exercise, with its number from 1, that lacks automatic points; none where nothing was read."""
    if result.status == "unreadable":
        return None
    return next(((n, exercise) for n, exercise in enumerate(result.exercises, 1) if missing(exercise)), None)


def first_failed(exercise: ExerciseResult) -> CheckResult | None:
    """Find the check to speak of where no diagnosis explains the lost points."""
    return next((check for check in exercise.checks if check.outcome == "failed"), None)


def untouched(result: Result) -> bool:
    """Tell whether every stub is still as it was."""
    return bool(result.exercises) and all(map(_not_started, result.exercises))


def _not_started(exercise: ExerciseResult) -> bool:
    # One may be diagnosed `not-started` for its explanation alone, beside functions that earned points.
    begun = exercise.score > 0 or exercise.awaiting_review > 0
    return not begun and bool(exercise.diagnoses) and exercise.diagnoses[0].slug == "not-started"


def place(diagnosis: Diagnosis, *, clickable: bool = False) -> str:
    """Say where a diagnosis points: `file.py, line 12`, or `file.py:12` as terminals and editors make links of."""
    if clickable and diagnosis.file and diagnosis.line is not None and diagnosis.cell is None:
        return f"{diagnosis.file}:{diagnosis.line}"
    parts = (
        diagnosis.file,
        f"cell {diagnosis.cell}" if diagnosis.cell is not None else None,
        f"line {diagnosis.line}" if diagnosis.line is not None else None,
    )
    return ", ".join(part for part in parts if part)


def opening(result: Result) -> str:
    """Sum up a result in a sentence to the student; empty where there is something to mend, or nothing was read."""
    if result.status == "unreadable":
        return ""
    mend = first_to_mend(result)
    if mend and untouched(result):
        number, exercise = mend
        return f"Nothing is filled in yet. Exercise {number}, {exercise.title}, is the one to begin with."
    if result.exercises and mend is None:
        return f"Every automatic point is earned. Well done! {review_sentence(result)}".rstrip()
    return ""


def review_sentence(result: Result) -> str:
    """Say what still awaits a person; empty if nothing does."""
    if result.awaiting_review <= 0:
        return ""
    verb = "awaits" if points(result.awaiting_review) == "1" else "await"
    what = points_in_words(result.awaiting_review)
    return f"{what} {verb} review: a person will read what you wrote in your own words."
