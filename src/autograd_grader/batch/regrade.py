"""Grades a finished batch again from what was observed of it, without running anyone's code."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from autograd_grader.batch import Change, StoredObservation, change_of, read_observation
from autograd_grader.batch.cache_key import Key, engine
from autograd_grader.batch.plan import observed_folders, read_gradebook
from autograd_grader.batch.safe_grading import CHUNK, grade_chunk
from autograd_grader.batch.stored import copy_graded, read_result, write_regraded
from autograd_grader.course import Course
from autograd_grader.errors import UsageError
from autograd_grader.model.plan import Plan
from autograd_grader.model.result import Result, Status
from autograd_grader.model.submission import Submission
from autograd_grader.report import Row, cell, write_batch
from autograd_grader.report.gradebook import Mark

_NOBODY = Submission(id="nobody", origin="")


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


def find_regradable(reports: Path) -> tuple[list[str], list[str]]:
    """The submissions in a folder of reports, and the folders in it that its gradebook does not name.

    Where no gradebook was written yet, every folder with an observation or a report is a submission's. Raises
    `UsageError` where there is none.
    """
    gradebook = read_gradebook(reports)
    try:
        folders = observed_folders(reports)
    except OSError as error:
        message = f"{reports} can't be listed ({error.strerror}); name the folder that `grade batch` wrote with --out"
        raise UsageError(message) from error
    names = folders if gradebook is None else [name for name in folders if cell(name) in gradebook]
    if not names:
        message = f"{reports} holds no reports; name the folder that `grade batch` wrote with --out"
        raise UsageError(message)
    return names, [name for name in folders if name not in set(names)]


def regrade(course: Course, reports: Path, out: Path, names: Sequence[str]) -> Regraded:
    """Apply the present graders and points to the observations kept in `reports`, and write reports into `out`.

    The two may be one folder. Raises `CourseError` when the graders are not sound, `OutputError` when a report can't
    be written.
    """
    work = _Regrading(course, reports, out)
    for start in range(0, len(names), CHUNK):
        work.chunk(names[start : start + CHUNK])
    work.add_the_lost(names)
    work.done.rows.sort(key=lambda row: row.submission)
    write_batch(work.done.rows, out, course.title)
    return work.done


def present_plan(course: Course, observed: Plan) -> Plan | str:
    """The plan that the course has now for what was observed; words on what is missing where a call was not made."""
    wanted = course.plan(_NOBODY, seed=observed.seed)
    made = {exercise.exercise: exercise for exercise in observed.exercises}
    for exercise in wanted.exercises:
        seen = made.get(exercise.exercise)
        if seen is None or seen.file != exercise.file:
            return f"{exercise.exercise} was not observed"
        for call in exercise.calls:
            if call not in seen.calls:
                numbers = ", ".join(f"{number:g}" for number in call.args)
                return f"{exercise.exercise}'s call `{call.id}`, {call.function}({numbers}), was not observed"
        for name in exercise.constants:
            if name not in seen.constants:
                return f"{exercise.exercise}'s {name} was not observed"
    return wanted


class _Regrading:
    """One run over a folder of reports."""

    def __init__(self, course: Course, reports: Path, out: Path) -> None:
        self._course = course
        self._digest = course.digest()
        self._reports = reports
        # The very path, so that files are not copied onto themselves.
        self._out = reports if os.path.realpath(reports) == os.path.realpath(out) else out
        self._gradebook = read_gradebook(reports) or {}
        self.done = Regraded()

    def chunk(self, names: Sequence[str]) -> None:
        """Grade a handful of submissions again."""
        usable: list[tuple[StoredObservation, Plan]] = []
        rows = self.done.rows
        for name in names:
            kept = self._kept(name)
            plan = present_plan(self._course, kept.observation.plan) if kept else "no observation of it can be read"
            if kept is None or isinstance(plan, str):
                self.done.run_again.append((name, str(plan)))
                rows.append(self._as_it_was(name))
            else:
                usable.append((kept, plan))
        observations = [kept.observation.model_copy(update={"plan": plan}) for kept, plan in usable]
        for (kept, _), (result, fault) in zip(usable, grade_chunk(self._course, observations), strict=True):
            rows.append(self._graded(kept.key, result) if fault is None else self._failed(result.submission, fault))

    def add_the_lost(self, names: Sequence[str]) -> None:
        """Keep the rows of those in the gradebook whose reports are gone: `names` are all that were looked at."""
        seen = set(map(cell, names))
        for name, record in self._gradebook.items():
            if name not in seen:
                self.done.run_again.append((name, "its reports are gone"))
                self.done.rows.append(self._remembered(name, record))

    def _remembered(self, name: str, record: Mapping[str, str]) -> Row:
        """The row that the gradebook has, as far as it can be read."""
        exercises = self._course.exercises
        try:
            marks = tuple(Mark(e.id, e.title, float(record[e.id]), e.points, 0.0) for e in exercises)
            score, whole, awaiting = (float(record[key]) for key in ("score", "max_score", "awaiting_review"))
            status: Status = TypeAdapter(Status).validate_python(record["status"])
        except (KeyError, TypeError, ValueError):
            return self._blank(name)
        return Row(name, name, score, whole, awaiting, status, marks, (), (), 0)

    def _kept(self, name: str) -> StoredObservation | None:
        """The observation in a folder, unless it is of another: reports are written where an observation says."""
        kept = read_observation(self._reports / name)
        return kept if kept is not None and kept.observation.submission == name else None

    def _graded(self, observed: Key, result: Result) -> Row:
        name = result.submission
        before = self._score(name)
        key = observed.model_copy(update={"course": self._digest, "engine": engine()})
        write_regraded(result, key, self._reports / name, self._out / name)
        row = Row.of(result)
        self.done.count += 1
        if change := change_of(row, before):
            self.done.changes.append(change)
        return row

    def _failed(self, name: str, fault: str) -> Row:
        self.done.faults.append((name, fault))
        return self._as_it_was(name)

    def _as_it_was(self, name: str) -> Row:
        if self._out != self._reports:
            copy_graded(self._reports / name, self._out / name)
        result = read_result(self._reports / name)
        return Row.of(result) if result and result.submission == name else self._blank(name)

    def _blank(self, name: str) -> Row:
        """The row of one whose report can't be read either: nobody is missing from the gradebook."""
        whole = sum(exercise.points for exercise in self._course.exercises)
        return Row(name, name, 0.0, whole, 0.0, "unreadable", (), (), (), 0)

    def _score(self, name: str) -> float | None:
        known = self._gradebook.get(cell(name))
        if known is not None:
            return float(known["score"])
        result = read_result(self._reports / name)
        return result.score if result else None
