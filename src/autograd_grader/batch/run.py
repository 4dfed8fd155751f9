"""The whole way from what was handed in to reports: for one submission, and for a class of thousands."""

from __future__ import annotations

import contextlib
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograd_grader.batch import (
    BatchPlan,
    CacheKeyParts,
    Change,
    Key,
    StoredObservation,
    change_of,
    try_out,
    write_graded,
)
from autograd_grader.batch.safe_grading import CHUNK, describe, grade_chunk, grade_together, unobserved
from autograd_grader.course import Course
from autograd_grader.errors import CourseError, OutputError, SandboxError, UsageError
from autograd_grader.files import NO_ROOM
from autograd_grader.intake import Found, find_submissions, read_submission
from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.result import Result
from autograd_grader.model.submission import Submission
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.host.worker import Worker
from autograd_grader.observe.observer import Limits
from autograd_grader.report import Row, prepare, write_batch

PATIENCE = 1.0
"""Seconds that an observation waits for others to be graded with."""
LEAST = 12
"""The fewest that are waited for. Towards the end they get fewer: one processor would wait for the other at last."""

_NOBODY = Submission(id="nobody", origin="")


@dataclass
class Batch:
    """What came of a batch: small enough to be held for thousands of submissions."""

    stock: BatchPlan
    rows: list[Row]
    changes: list[Change] = field(default_factory=list)
    """The submissions whose score is another than it was."""
    faults: list[tuple[str, str]] = field(default_factory=list)
    """The submissions that the grader itself failed on, and why; they stand in the gradebook without a mark."""

    def add(self, row: Row) -> None:
        """Take in the row of a submission that was graded."""
        self.rows.append(row)
        if change := change_of(row, self.stock.before.get(row.submission)):
            self.changes.append(change)

    def sorted_rows(self) -> list[Row]:
        """The rows in the order of their ids, which is the gradebook's."""
        self.rows.sort(key=lambda row: row.submission)
        return self.rows


def rehearse(course: Course) -> None:
    """Grade nothing once, so that all which grading and rendering import is there before the first observation."""
    prepare()
    grade_together(course, [unobserved(_NOBODY, course.plan(_NOBODY), "a rehearsal")])


def grade_one(course: Course, submission: Submission, process: Worker, limits: Limits) -> Result:
    """Grade one submission; raises `SandboxError` when it can't be observed."""
    observation = SandboxObserver(process, limits).observe(submission, course.plan(submission))
    return grade_together(course, [observation])[0]


def find_batch(folder: Path, out: Path) -> list[Found]:
    """The submissions in a folder, but for the reports' folder if it lies there, which is made and tried.

    Raises `UsageError` where there is none or the reports would lie among them, `OutputError` where none can be
    written: before the first submission is graded, not after the last.
    """
    found = [one for one in find_submissions(folder) if not _same(one.path, out)]
    if not found:
        message = f"{folder} holds no submissions; name the folder that holds one folder or file for each student"
        raise UsageError(message)
    if _same(folder, out):
        message = f"{out} holds the submissions; name another folder for the reports"
        raise UsageError(message)
    try_out(out)
    return found


def grade_batch(  # noqa: PLR0913 - what is graded, by what, with what, and where to; none has a default
    course: Course,
    stock: BatchPlan,
    out: Path,
    *,
    processes: Sequence[Worker],
    limits: Limits,
    on_row: Callable[[Row], object],
) -> Batch:
    """Grade what is left of a stock side by side, one submission to each process, and keep the rest as it is.

    Each one's reports are written at once, the gradebook at the end. `on_row` is called for each row as it is made;
    the batch's rows are in the order of their ids. On Ctrl-C `KeyboardInterrupt` goes on, and where there was no
    gradebook one is written for what is done. Raises `CourseError` when the graders are not sound, `SandboxError` when
    nothing can be observed here, `OutputError` when the gradebook can't be written.
    """
    batch = Batch(stock, rows=list(stock.kept))
    line = _Pool(course, stock, limits)
    try:
        if stock.left:
            _try_sandbox(course, processes[0], limits)
            line.start(processes)
        for chunk in line.chunks():
            for result, kept, fault in _grade_observed(course, stock.terms, chunk):
                batch.faults.extend((result.submission, words) for words in (fault, _write(result, kept, out)) if words)
                row = Row.of(result)
                batch.add(row)
                on_row(row)
            del chunk  # thirty megabytes, while the next one is waited for
    except KeyboardInterrupt:
        if not stock.has_gradebook:
            write_batch(batch.sorted_rows(), out, course.title)
        raise
    finally:
        line.stop()
    write_batch(batch.sorted_rows(), out, course.title)
    return batch


def _grade_observed(
    course: Course, terms: CacheKeyParts, chunk: Sequence[_Observed]
) -> Iterator[tuple[Result, StoredObservation | None, str | None]]:
    """Each result, what is kept of it unless the grader failed, and how it failed."""
    graded = list(grade_chunk(course, [observed.observation for observed in chunk]))
    if course.digest() != terms.course:
        message = (
            "the course was changed while its graders were at work; run the command again to go on with the new one"
        )
        raise CourseError(message)
    for observed, (result, new_fault) in zip(chunk, graded, strict=True):
        fault = observed.fault or new_fault
        kept = (
            StoredObservation(key=observed.key, observation=observed.observation)
            if observed.key and not fault
            else None
        )
        yield result, kept, fault


def _try_sandbox(course: Course, process: Worker, limits: Limits) -> None:
    """Observe nothing once: on a machine where that fails each submission would, one after the other."""
    SandboxObserver(process, limits).observe(_NOBODY, course.plan(_NOBODY))


@dataclass(frozen=True)
class _Observed:
    """An observation on its way to be graded, and how the grader failed on it, if it did."""

    observation: Observation
    key: Key | None = None
    """None where there is nothing to keep, since the grader failed."""
    fault: str | None = None


class _Pool:
    """The observing half: one thread a process takes submissions in turn, and hands observations on."""

    def __init__(self, course: Course, stock: BatchPlan, limits: Limits) -> None:
        self._course = course
        self._terms = stock.terms
        self._limits = limits
        self._left = iter(stock.left)
        self._taking = threading.Lock()
        self._count = len(stock.left)
        # Bounded, so that observers which are faster than grading wait, and memory stays flat.
        self._done: queue.Queue[_Observed] = queue.Queue(maxsize=CHUNK)
        self._stopped = threading.Event()
        self._stations: list[_Station] = []

    def start(self, processes: Sequence[Worker]) -> None:
        for process in processes:
            desk = _Station(self._course, self._terms, self._limits, process)
            self._stations.append(desk)
            threading.Thread(target=self._work, args=(desk,), daemon=True).start()

    def stop(self) -> None:
        """End the processes: a thread that waits for one is woken by that, and takes nothing more."""
        self._stopped.set()
        for desk in self._stations:
            desk.close()

    def chunks(self) -> Iterator[list[_Observed]]:
        """All observations, as they come, in lists that are worth a pytest session."""
        while self._count:
            chunk = [self._done.get()]
            until = time.monotonic() + PATIENCE
            with contextlib.suppress(queue.Empty):
                while len(chunk) < min(CHUNK, max(self._count // 2, LEAST), self._count):
                    chunk.append(self._done.get(timeout=max(until - time.monotonic(), 0)))
            self._count -= len(chunk)
            yield chunk
            del chunk  # as where it is graded

    def _work(self, desk: _Station) -> None:
        while not self._stopped.is_set():
            with self._taking:
                found = next(self._left, None)
            if found is None:
                break
            observed = desk.observe(found)
            while not self._stopped.is_set():
                with contextlib.suppress(queue.Full):
                    self._done.put(observed, timeout=PATIENCE)
                    break
        desk.close()


class _Station:
    """Where one thread observes: a warm process, and a fresh one when it fails."""

    def __init__(self, course: Course, terms: CacheKeyParts, limits: Limits, process: Worker) -> None:
        self._course = course
        self._terms = terms
        self._limits = limits
        self._process = process
        self._closed = False
        self._changing = threading.Lock()

    def observe(self, found: Found) -> _Observed:
        """The observation of one submission; whatever happens, there is one."""
        submission = Submission(id=found.id, origin=found.origin)
        plan = self._course.plan(submission)
        try:
            submission = read_submission(found.path, id=found.id, origin=found.origin)
            plan = self._course.plan(submission)
            return _Observed(self._observe(submission, plan), self._terms.key(submission, plan))
        except Exception as error:  # noqa: BLE001 - one submission never ends the batch
            fault = describe(error)
            return _Observed(unobserved(submission, plan, fault), fault=fault)

    def close(self) -> None:
        with self._changing:
            self._closed = True
            self._process.close()

    def _observe(self, submission: Submission, plan: Plan) -> Observation:
        try:
            return SandboxObserver(self._process, self._limits).observe(submission, plan)
        except SandboxError:
            self._renew()
            return SandboxObserver(self._process, self._limits).observe(submission, plan)

    def _renew(self) -> None:
        with self._changing:
            self._process.close()
            if not self._closed:
                self._process = self._process.another()


def _write(result: Result, kept: StoredObservation | None, out: Path) -> str | None:
    """Write a submission's files; give why that failed. Raises `OutputError` where no other could be written either."""
    try:
        write_graded(result, kept, out / result.submission)
    except OutputError as error:
        if isinstance(error.__cause__, OSError) and error.__cause__.errno in NO_ROOM:
            raise
        return str(error)
    return None


def _same(one: Path, other: Path) -> bool:
    # Not `Path.resolve`, which raises where a link leads to itself.
    return os.path.realpath(one) == os.path.realpath(other)
