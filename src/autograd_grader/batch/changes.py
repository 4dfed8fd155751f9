"""Whose score is another than it was."""

from __future__ import annotations

from typing import NamedTuple

from autograd_grader.report import Row
from autograd_grader.report.reading import points


class Change(NamedTuple):
    """A score that is another than it was."""

    submission: str
    before: float
    now: float


def change_of(row: Row, before: float | None) -> Change | None:
    """How a row's score has changed; None where it has not as the gradebook shows it, or there was none before."""
    if before is None or points(before) == points(row.score):
        return None
    return Change(row.submission, before, row.score)
