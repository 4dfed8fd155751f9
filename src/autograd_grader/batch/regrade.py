"""Grades a finished batch again from what was observed of it, without running anyone's code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter

from autograd_grader.batch.cache_key import CacheKey, engine
from autograd_grader.batch.changes import Change, change_of
from autograd_grader.batch.grading import SESSION_SIZE, grade_isolated
from autograd_grader.batch.present_plan import present_plan
from autograd_grader.batch.reports import Reports
from autograd_grader.batch.store import ReportStore
from autograd_grader.batch.stored_observation import StoredObservation
from autograd_grader.course import Course
from autograd_grader.errors import UsageError
from autograd_grader.model.plan import Plan
from autograd_grader.model.result import Result, Status
from autograd_grader.report import Mark, Row, cell


@dataclass
class Regraded:
    """What came of it."""

    rows: list[Row] = field(default_factory=list)
    """A row for every submission: of those that could not be graded again, the one they had."""
    count: int = 0
    """How many were graded again."""
    changes: list[Change] = field(default_factory=list)
    run_again: list[tuple[str, str]] = field(default_factory=list)
    """The submissions whose code must be run again, and why; their reports are as they were."""
    faults: list[tuple[str, str]] = field(default_factory=list)
    """Those that the grader itself failed on; their reports are as they were, too."""


def find_regradable(store: ReportStore) -> tuple[list[str], list[str]]:
    """The submissions in a folder of reports, and the folders in it that its gradebook does not name.

    Where no gradebook was written yet, every folder with an observation or a report is a submission's. Raises
    `UsageError` where there is none.
    """
    gradebook = store.gradebook()
    try:
        folders = store.submissions()
    except OSError as error:
        message = (
            f"{store.path} can't be listed ({error.strerror}); name the folder that `grade batch` wrote with --out"
        )
        raise UsageError(message) from error
    names = folders if gradebook is None else [name for name in folders if cell(name) in gradebook]
    if not names:
        message = f"{store.path} holds no reports; name the folder that `grade batch` wrote with --out"
        raise UsageError(message)
    return names, [name for name in folders if name not in set(names)]


def regrade(course: Course, source: ReportStore, reports: Reports, names: Sequence[str]) -> Regraded:
    """Apply the present graders and points to the observations in `source`, and write `reports`.

    Both may be in one folder. Raises `CourseError` when the graders are not sound, `OutputError` when a report can't
    be written.
    """
    run = _Regrading(course, source, reports)
    for start in range(0, len(names), SESSION_SIZE):
        run.grade(names[start : start + SESSION_SIZE])
    run.keep_rows_without_reports(names)
    run.write_class()
    return run.done


class _Regrading:
    """One run over a folder of reports."""

    def __init__(self, course: Course, source: ReportStore, reports: Reports) -> None:
        self._course = course
        self._digest = course.digest()
        self._source = source
        # Files are not copied onto themselves, whatever the paths.
        self._in_place = source.is_same_folder(reports.store)
        self._reports = replace(reports, store=source) if self._in_place else reports
        self._gradebook = source.gradebook() or {}
        self.done = Regraded()

    def grade(self, names: Sequence[str]) -> None:
        """Grade a session's worth of submissions again."""
        usable: list[tuple[StoredObservation, Plan]] = []
        for name in names:
            stored = self._source.observation(name)
            plan = present_plan(self._course, stored.observation.plan) if stored else "no observation of it can be read"
            if stored is None or isinstance(plan, str):
                self.done.run_again.append((name, str(plan)))
                self.done.rows.append(self._row_as_it_was(name))
            else:
                usable.append((stored, plan))
        observations = [stored.observation.model_copy(update={"plan": plan}) for stored, plan in usable]
        for (stored, _), graded in zip(usable, grade_isolated(self._course, observations), strict=True):
            if graded.fault is None:
                self._take(graded.result, stored.key)
            else:
                self.done.faults.append((graded.result.submission, graded.fault))
                self.done.rows.append(self._row_as_it_was(graded.result.submission))

    def keep_rows_without_reports(self, names: Sequence[str]) -> None:
        """Keep the rows of those in the gradebook whose reports are gone: `names` are all that have some."""
        seen = set(map(cell, names))
        for name, record in self._gradebook.items():
            if name not in seen:
                self.done.run_again.append((name, "its reports are gone"))
                self.done.rows.append(self._row_of_record(name, record))

    def write_class(self) -> None:
        """Write the class's files, and have the next run find the course that was used.

        Where nothing could be graded again they stay as they are: the course may be another than that of the batch.
        """
        self.done.rows.sort(key=lambda row: row.submission)
        if self.done.count or not self._in_place or not self._gradebook:
            self._reports.store.remember_course(self._course.spec)
            self._reports.write_class(self._course, self.done.rows)

    def _take(self, result: Result, observed: CacheKey) -> None:
        name = result.submission
        before = self._score(name)
        key = observed.model_copy(update={"course": self._digest, "engine": engine()})
        if not self._in_place:
            self._reports.store.copy_observation(name, self._source)
        self._reports.write_regraded(result, key)
        row = Row.of(result)
        self.done.rows.append(row)
        self.done.count += 1
        if change := change_of(row, before):
            self.done.changes.append(change)

    def _row_as_it_was(self, name: str) -> Row:
        if not self._in_place:
            self._reports.store.copy_submission(name, self._source)
        result = self._source.result(name)
        return Row.of(result) if result else self._blank_row(name)

    def _row_of_record(self, name: str, record: Mapping[str, str]) -> Row:
        """The row that the gradebook has, as far as it can be read."""
        exercises = self._course.exercises
        try:
            marks = tuple(Mark(e.id, e.title, float(record[e.id]), e.points, 0.0) for e in exercises)
            score, whole, awaiting = (float(record[key]) for key in ("score", "max_score", "awaiting_review"))
            status: Status = TypeAdapter(Status).validate_python(record["status"])
        except (KeyError, TypeError, ValueError):
            return self._blank_row(name)
        return Row(name, name, score, whole, awaiting, status, marks, (), (), 0)

    def _blank_row(self, name: str) -> Row:
        """The row of a submission whose report can't be read either: nobody is missing from the gradebook."""
        whole = sum(exercise.points for exercise in self._course.exercises)
        return Row(name, name, 0.0, whole, 0.0, "unreadable", (), (), (), 0)

    def _score(self, name: str) -> float | None:
        known = self._gradebook.get(cell(name))
        if known is not None:
            return float(known["score"])
        result = self._source.result(name)
        return result.score if result else None
