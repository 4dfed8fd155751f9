"""The plan of a batch: which submissions there are, and which of them are unchanged since an earlier run.

A plan holds no sources: each submission is read, planned and keyed once, by `BatchPlan.examine`, when it is due.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograd_grader.batch.cache_key import CacheKey, CacheKeyParts
from autograd_grader.batch.grading import describe_error
from autograd_grader.batch.store import ReportStore
from autograd_grader.course import Course
from autograd_grader.errors import UsageError
from autograd_grader.intake import Found, find_submissions, read_submission
from autograd_grader.model.plan import Plan
from autograd_grader.model.result import Result
from autograd_grader.model.submission import Submission
from autograd_grader.report import Row, cell


@dataclass(frozen=True, slots=True)
class Pending:
    """A submission that is to be observed and graded, read and planned."""

    submission: Submission
    plan: Plan
    key: CacheKey | None
    """None where there is a fault."""
    score_before: float | None
    fault: str | None = None
    """How the grader itself failed to read or to plan it, if it did."""


@dataclass(frozen=True)
class BatchPlan:
    """What a batch starts from."""

    course: Course
    key_parts: CacheKeyParts
    store: ReportStore
    """Where an earlier run has left its reports."""
    found: Sequence[Found]
    """All submissions, in the order in which they are graded."""
    force: bool = False
    """Whether all of them are graded anew."""
    scores: Mapping[str, float] = field(default_factory=dict)
    """The scores in the gradebook of an earlier run, by the cell in its first column."""
    has_gradebook: bool = False
    orphans: tuple[str, ...] = ()
    """Reports whose submission is no longer there: they stay where they are, and out of the gradebook."""

    def examine(self, found: Found) -> Row | Pending:
        """Read, plan and key one submission: its row as it is where the key is unchanged, else what is to be done."""
        result = self.store.result(found.id)
        before = self.scores.get(cell(found.id), result.score if result else None)
        submission = Submission(id=found.id, origin=found.origin)
        try:
            submission = read_submission(found.path, id=found.id, origin=found.origin)
            plan = self.course.plan(submission)
            key = self.key_parts.key(submission, plan)
            if result is not None and self._is_unchanged(result, key):
                return Row.of(result)
        except Exception as error:  # noqa: BLE001 - one submission never ends the batch
            plan = self.course.plan(Submission(id=found.id, origin=found.origin))
            return Pending(submission, plan, None, before, describe_error(error))
        return Pending(submission, plan, key, before)

    def _is_unchanged(self, result: Result, key: CacheKey) -> bool:
        return not self.force and result.key == key.digest() and self.store.is_complete(result.submission)


def plan_batch(
    course: Course, found: Sequence[Found], store: ReportStore, key_parts: CacheKeyParts, *, force: bool = False
) -> BatchPlan:
    """Plan a batch over what an earlier one has left in the store; with `force` all submissions are pending."""
    gradebook = store.gradebook()
    ids = {one.id for one in found}
    return BatchPlan(
        course,
        key_parts,
        store,
        found,
        force=force,
        scores={name: float(record["score"]) for name, record in (gradebook or {}).items()},
        has_gradebook=gradebook is not None,
        orphans=tuple(name for name in store.submissions() if name not in ids),
    )


def find_batch(folder: Path, reports: Path) -> list[Found]:
    """The submissions in a folder, but for the folder of reports if it lies there.

    Raises `UsageError` where there is none, or where the reports would lie among them.
    """
    found = [one for one in find_submissions(folder) if not _is_same(one.path, reports)]
    if not found:
        message = f"{folder} holds no submissions; name the folder that holds one folder or file for each student"
        raise UsageError(message)
    if _is_same(folder, reports):
        message = f"{reports} holds the submissions; name another folder for the reports"
        raise UsageError(message)
    return found


def _is_same(one: Path, other: Path) -> bool:
    # Not `Path.resolve`, which raises where a link leads to itself.
    return os.path.realpath(one) == os.path.realpath(other)
