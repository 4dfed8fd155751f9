"""The figures of a whole class: its mean and median, how each exercise went, and the commonest diagnoses."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograd_grader.report.reading import points

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from autograd_grader.report.gradebook import Mark, Row

BANDS = 10
"""The bars of a distribution before the last one, which holds full marks alone."""

COMMONEST = 10
"""How many diagnoses are listed."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """How one exercise, or the total, was marked over the class."""

    id: str
    title: str
    max_score: float
    mean: float
    median: float
    full: int
    """How many have full marks, counting what awaits review as earned."""
    bars: tuple[int, ...]
    """How many submissions reached each tenth of the points; the last bar holds full marks."""

    @classmethod
    def of(cls, mark_id: str, title: str, marks: Sequence[Mark | Row]) -> Distribution:
        """Count the marks of one exercise, or of the rows themselves."""
        bands = Counter(map(_band, marks))
        scores = [mark.score for mark in marks]
        return cls(
            id=mark_id,
            title=title,
            max_score=max((mark.max_score for mark in marks), default=0.0),
            mean=statistics.fmean(scores) if scores else 0.0,
            median=statistics.median(scores) if scores else 0.0,
            full=bands[BANDS],
            bars=tuple(bands[band] for band in range(BANDS + 1)),
        )

    @property
    def in_words(self) -> str:
        """What the bars show, for a reader who can't see them."""
        of = points(self.max_score)
        return (
            f"mean {points(round(self.mean, 1))} of {of}, median {points(self.median)}, "
            f"{self.full} of {sum(self.bars)} with every automatic point"
        )


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """What the staff's page says of the class."""

    marked: int
    """The submissions that could be read; the figures are theirs alone."""
    total: Distribution
    exercises: tuple[Distribution, ...]
    commonest: tuple[tuple[str, str, int], ...]
    """Slug, title and number of submissions."""
    awaiting: tuple[Row, ...]
    flagged: tuple[Row, ...]
    not_whole: tuple[Row, ...]
    """The submissions that were graded in part or could not be read."""

    @classmethod
    def of(cls, rows: Sequence[Row]) -> ClassFigures:
        """Count a class."""
        marked = [row for row in rows if row.status != "unreadable"]
        return cls(
            marked=len(marked),
            total=Distribution.of("total", "All exercises", marked),
            exercises=_by_exercise(marked or rows),
            commonest=_commonest(rows),
            awaiting=tuple(row for row in rows if row.awaiting_review > 0),
            flagged=tuple(row for row in rows if row.flag_count),
            not_whole=tuple(row for row in rows if row.status != "graded"),
        )


def _by_exercise(rows: Iterable[Row]) -> tuple[Distribution, ...]:
    marks: dict[str, list[Mark]] = {}
    for row in rows:
        for mark in row.marks:
            marks.setdefault(mark.exercise, []).append(mark)
    return tuple(Distribution.of(key, found[0].title, found) for key, found in marks.items())


def _commonest(rows: Iterable[Row]) -> tuple[tuple[str, str, int], ...]:
    counts: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for row in rows:
        counts.update(slug for slug, _ in row.diagnoses)
        titles.update(row.diagnoses)
    # By slug where the counts are equal, so that the same class always gives the same page.
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple((slug, titles[slug], count) for slug, count in ranked[:COMMONEST])


def _band(mark: Mark | Row) -> int:
    # What awaits review is counted as earned: until it is read, nobody's understanding is in doubt.
    earned = mark.score + mark.awaiting_review
    if mark.max_score <= 0 or earned != earned:  # noqa: PLR0124 - not a number
        return 0
    return min(max(int(BANDS * earned / mark.max_score + 1e-9), 0), BANDS)
