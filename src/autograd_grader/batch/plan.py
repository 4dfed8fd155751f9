"""Taking stock before a batch: what an earlier one has done, what is left to do, and how the scores stood."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograd_grader.batch.cache_key import CacheKeyParts
from autograd_grader.batch.stored import OBSERVATION, REPORT, is_complete, read_regular, read_result
from autograd_grader.course import Course
from autograd_grader.intake import Found, read_submission
from autograd_grader.model.result import Result
from autograd_grader.report import GRADEBOOK, Row, cell


@dataclass
class BatchPlan:
    """What a batch starts from."""

    terms: CacheKeyParts
    left: Sequence[Found]
    """To be graded, for the first time or anew."""
    kept: list[Row] = field(default_factory=list)
    """Of those whose key is what it was."""
    before: dict[str, float] = field(default_factory=dict)
    """Each submission's score as the last gradebook has it, or else its report."""
    strays: tuple[str, ...] = ()
    """Reports of submissions that are no longer there: they stay where they are, and out of the gradebook."""
    has_gradebook: bool = False


def plan_batch(
    course: Course, found: Sequence[Found], out: Path, terms: CacheKeyParts, *, force: bool = False
) -> BatchPlan:
    """Sort submissions into those that are done and those that are left; with `force` all are left."""
    gradebook = read_scores(out)
    stock = BatchPlan(terms, [], has_gradebook=gradebook is not None)
    left = []
    for one in found:
        result = read_result(out / one.id)
        score = (gradebook or {}).get(cell(one.id), result.score if result else None)
        if score is not None:
            stock.before[one.id] = score
        if result is not None and not force and _is_done(course, one, out / one.id, result, terms):
            stock.kept.append(Row.of(result))
        else:
            left.append(one)
    stock.left = left
    stock.strays = tuple(_strays(out, {one.id for one in found}))
    return stock


def read_scores(out: Path) -> dict[str, float] | None:
    """The score of each cell of the gradebook's first column; None where there is no gradebook that can be read."""
    gradebook = read_gradebook(out)
    return None if gradebook is None else {name: float(record["score"]) for name, record in gradebook.items()}


def read_gradebook(out: Path) -> dict[str, dict[str, str]] | None:
    """The rows of the gradebook, by the cell in the first column; None where there is none that can be read."""
    try:
        lines = io.StringIO(read_regular(out / GRADEBOOK).decode("utf-8"), newline="")
        rows = csv.DictReader(lines)
        if "score" not in (rows.fieldnames or ()):
            return None  # emptied by a power cut: one that names nobody has its heading still
        found = {row["submission"]: row for row in rows}
        for row in found.values():
            float(row["score"])  # a gradebook without one can't be read
    except (OSError, ValueError, KeyError, TypeError, csv.Error):
        return None
    return found


def observed_folders(out: Path) -> list[str]:
    """The names of the folders in which a submission's report or observation lies, in order; raises `OSError`."""
    with os.scandir(out) as entries:
        folders = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
    return sorted(
        entry.name for entry in folders if any((Path(entry.path) / n).is_file() for n in (REPORT, OBSERVATION))
    )


def _is_done(course: Course, found: Found, folder: Path, result: Result, terms: CacheKeyParts) -> bool:
    if not result.key or result.submission != found.id or not is_complete(folder):
        return False
    try:
        submission = read_submission(found.path, id=found.id, origin=found.origin)
        return terms.key(submission, course.plan(submission)).digest() == result.key
    except Exception:  # noqa: BLE001 - whatever it is comes again, and is told, when the submission is graded
        return False


def _strays(out: Path, ids: set[str]) -> Iterable[str]:
    return (name for name in observed_folders(out) if name not in ids)
