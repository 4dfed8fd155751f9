"""The whole way from what was handed in to reports: for one submission, and for a class of thousands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from autograd_grader.batch.changes import Change, change_of
from autograd_grader.batch.grading import Graded, grade_isolated, grade_together
from autograd_grader.batch.plan import BatchPlan
from autograd_grader.batch.pool import Observed, ObserverPool
from autograd_grader.batch.reports import Reports
from autograd_grader.batch.stored_observation import StoredObservation
from autograd_grader.course import Course
from autograd_grader.errors import CourseError, OutputError
from autograd_grader.files import is_without_room
from autograd_grader.model.result import Result
from autograd_grader.model.submission import Submission
from autograd_grader.observe.observer import Observer
from autograd_grader.report import Row

_NOBODY = Submission(id="nobody", origin="")


@dataclass
class Batch:
    """What came of a batch: small enough to be held for thousands of submissions."""

    rows: list[Row] = field(default_factory=list)
    graded: int = 0
    unchanged: int = 0
    changes: list[Change] = field(default_factory=list)
    """The submissions whose score is another than it was."""
    faults: list[tuple[str, str]] = field(default_factory=list)
    """The submissions that the grader itself failed on, and why; they stand in the gradebook without a mark."""

    def sorted_rows(self) -> list[Row]:
        """The rows in the order of their ids, which is the gradebook's."""
        self.rows.sort(key=lambda row: row.submission)
        return self.rows


class Progress(Protocol):
    """Whoever is told how far a batch has come."""

    def graded(self, row: Row) -> None:
        """One more submission was graded, and its reports written."""

    def unchanged(self, row: Row) -> None:
        """One more submission was found unchanged."""


def grade_one(course: Course, submission: Submission, observer: Observer) -> Result:
    """Grade one submission; raises `SandboxError` when it can't be observed."""
    observation = observer.observe(submission, course.plan(submission))
    return grade_together(course, [observation])[0]


def grade_batch(
    plan: BatchPlan,
    reports: Reports,
    *,
    observers: Sequence[Observer],
    before_first: Callable[[], object],
    progress: Progress,
) -> Batch:
    """Observe and grade what is pending, one submission to each observer at a time, and keep the rest as it is.

    `before_first` is called before anything is observed, if anything is. Each submission's reports are written at
    once, the gradebook at the end; the rows are in the order of their ids. The observers are closed.

    On Ctrl-C `KeyboardInterrupt` goes on, and where there was no gradebook one is written for what is done. Raises
    `CourseError` when the graders are not sound, `SandboxError` when nothing can be observed here, `OutputError` when
    the gradebook can't be written.
    """
    batch = _Run(plan, reports, progress)

    def try_observing() -> None:
        before_first()
        # On a machine where nothing can be observed each submission would fail, one after the other.
        observers[0].observe(_NOBODY, plan.course.plan(_NOBODY))

    pool = ObserverPool(plan, observers, before_first=try_observing, on_unchanged=batch.take_unchanged)
    reports.store.remember_course(plan.course.spec)
    try:
        for session in pool.sessions():
            batch.grade(session)
            del session  # thirty megabytes, while the next one is waited for
    except KeyboardInterrupt:
        if not plan.has_gradebook:
            batch.write_class()
        raise
    finally:
        pool.stop()
    batch.write_class()
    return batch.done


class _Run:
    """The grading half of a batch, in the thread that asks the pool for sessions."""

    def __init__(self, plan: BatchPlan, reports: Reports, progress: Progress) -> None:
        self._plan = plan
        self._reports = reports
        self._progress = progress
        self.done = Batch()

    def take_unchanged(self, row: Row) -> None:
        self.done.rows.append(row)
        self.done.unchanged += 1
        self._progress.unchanged(row)

    def grade(self, session: Sequence[Observed]) -> None:
        """Grade a session's observations, write their reports, and take in their rows."""
        for observed, graded in zip(session, self._graded(session), strict=True):
            result, fault = graded.result, observed.fault or graded.fault
            problems = (fault, self._write(result, None if fault else observed.stored))
            self.done.faults += [(result.submission, words) for words in problems if words]
            row = Row.of(result)
            self.done.rows.append(row)
            self.done.graded += 1
            if change := change_of(row, observed.score_before):
                self.done.changes.append(change)
            self._progress.graded(row)

    def write_class(self) -> None:
        self._reports.write_class(self._plan.course, self.done.sorted_rows())

    def _graded(self, session: Sequence[Observed]) -> list[Graded]:
        graded = list(grade_isolated(self._plan.course, [observed.observation for observed in session]))
        if self._plan.course.digest() != self._plan.key_parts.course:
            message = (
                "the course was changed while its graders were at work; run the command again to go on with the new one"
            )
            raise CourseError(message)
        return graded

    def _write(self, result: Result, stored: StoredObservation | None) -> str | None:
        """Write a submission's reports; give why that failed. Raises `OutputError` where no other could be written."""
        try:
            self._reports.write_graded(result, stored)
        except OutputError as error:
            if is_without_room(error):
                raise
            return str(error)
        return None
