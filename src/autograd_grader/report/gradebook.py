"""The gradebook: one small row a submission, and the CSV file made of them."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from autograd_grader.report.reading import points
from autograd_grader.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograd_grader.model.result import Result, Status

FLAGS_KEPT = 5
"""The flags that a row quotes; the rest are counted, and stand in the submission's `report.json`."""

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - a spreadsheet takes the wide forms for the narrow


class Mark(NamedTuple):
    """One exercise's points in one submission."""

    exercise: str
    title: str
    score: float
    max_score: float
    awaiting_review: float


@dataclass(frozen=True, slots=True)
class Row:
    """What the gradebook and the class's page keep of one result: about 500 bytes, so that thousands fit in memory."""

    submission: str
    origin: str
    score: float
    max_score: float
    awaiting_review: float
    status: Status
    marks: tuple[Mark, ...]
    diagnoses: tuple[tuple[str, str], ...]
    """The slug and title of each diagnosis, once each."""
    flags: tuple[tuple[str, str], ...]
    flag_count: int

    @classmethod
    def of(cls, result: Result) -> Row:
        """Keep of a result what the whole class's reports need."""
        found = (diagnosis for exercise in result.exercises for diagnosis in exercise.diagnoses)
        return cls(
            submission=result.submission,
            origin=clean_line(result.origin, 120),
            score=result.score,
            max_score=result.max_score,
            awaiting_review=result.awaiting_review,
            status=result.status,
            marks=tuple(_mark(e.id, e.title, e.score, e.max_score, e.awaiting_review) for e in result.exercises),
            diagnoses=tuple({d.slug: _words(d.slug, d.title) for d in found}.values()),
            flags=tuple((clean_line(f.slug), clean_line(f.detail)) for f in result.flags[:FLAGS_KEPT]),
            flag_count=len(result.flags),
        )

    def mark(self, exercise: str) -> Mark | None:
        """Find one exercise's points; None where the submission has no such exercise."""
        return next((mark for mark in self.marks if mark.exercise == exercise), None)


@dataclass(frozen=True, slots=True)
class Gradebook:
    """The results of a whole class."""

    course: str
    """The course's title."""
    exercises: tuple[str, ...]
    """The ids of its exercises, in its order: a column each."""
    rows: Sequence[Row]


def render_gradebook(gradebook: Gradebook) -> Iterator[str]:
    """Write the rows as CSV, line by line: each ends in a newline alone, to be stored as UTF-8 without a mark."""
    writer = csv.writer(_Line(), lineterminator="\n")
    yield writer.writerow(("submission", *gradebook.exercises, "score", "max_score", "awaiting_review", "status"))
    for row in gradebook.rows:
        yield writer.writerow(_cells(row, gradebook.exercises))


def cell(text: str) -> str:
    """Make text harmless in a spreadsheet: what would be read as a formula gets an apostrophe before it."""
    line = clean_line(text)
    formula = text.startswith(_FORMULA_STARTS) or line.lstrip().startswith(_FORMULA_STARTS)
    return f"'{line}" if formula else line


class _Line:
    """A file for the CSV writer, which gives back what `write` gives."""

    def write(self, line: str) -> str:
        return line


def _cells(row: Row, exercises: tuple[str, ...]) -> tuple[str, ...]:
    marks = map(row.mark, exercises)
    return (
        cell(row.submission),
        *(points(mark.score if mark else 0.0) for mark in marks),
        points(row.score),
        points(row.max_score),
        points(row.awaiting_review),
        row.status,
    )


# A class has few different marks and diagnoses: one copy of each serves all its rows.
@functools.lru_cache(maxsize=1024)
def _mark(exercise: str, title: str, score: float, max_score: float, awaiting_review: float) -> Mark:
    return Mark(clean_line(exercise), clean_line(title), score, max_score, awaiting_review)


@functools.lru_cache(maxsize=1024)
def _words(slug: str, title: str) -> tuple[str, str]:
    return clean_line(slug), clean_line(title)
