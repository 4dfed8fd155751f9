"""The whole way from what was handed in to reports: for one submission, and for a class of thousands."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile

from autograd_grader.course import Course
from autograd_grader.errors import OutputError, SandboxError, UsageError
from autograd_grader.grade.grading import grade
from autograd_grader.intake import Found, find_submissions, read_submission
from autograd_grader.model.observation import Observation
from autograd_grader.model.result import Result
from autograd_grader.model.submission import Submission
from autograd_grader.observe.observer import Limits, SandboxObserver
from autograd_grader.observe.process import WarmProcess
from autograd_grader.report import Row, prepare, write_batch, write_result

CHUNK = 32
"""The most submissions that one pytest session grades: a session's fixed cost is then a small part of it."""

PATIENCE = 1.0
"""Seconds that an observation waits for others to be graded with."""


_NOBODY = Submission(id="nobody", origin="")


@dataclass
class Batch:
    """What came of a batch: small enough to be kept for thousands of submissions."""

    rows: list[Row] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    """The submissions that the grader itself failed on, and why; they stand in the gradebook without a mark."""


def rehearse(course: Course) -> None:
    """Grade nothing once, so that all which grading and rendering import is there before the first observation."""
    prepare()
    grade(course, [_unobserved(course, _NOBODY, "a rehearsal")])


def grade_one(course: Course, submission: Submission, process: WarmProcess, limits: Limits) -> Result:
    """Grade one submission; raises `SandboxError` when it can't be observed."""
    observation = SandboxObserver(process, limits).observe(submission, course.plan(submission))
    with _interrupts_later():
        return grade(course, [observation])[0]


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


def try_out(out: Path) -> None:
    """Make the folder for reports; raises `UsageError` or `OutputError` where nothing can be written in it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=out):
            pass
    except (FileExistsError, NotADirectoryError) as error:
        message = f"{out} is a file or lies in one; name a folder for the reports with --out"
        raise UsageError(message) from error
    except OSError as error:
        message = f"can't write in {out} ({error.strerror or error}); name another folder with --out"
        raise OutputError(message) from error


def grade_batch(  # noqa: PLR0913 - what is graded, by what, with what, and where to; none has a default
    course: Course,
    found: Sequence[Found],
    out: Path,
    *,
    processes: Sequence[WarmProcess],
    limits: Limits,
    on_row: Callable[[Row], object],
) -> Batch:
    """Grade submissions side by side, one to each process; write each one's reports at once, the gradebook at the end.

    `on_row` is called for each row as it is made; the batch's rows are in the order of their ids. On Ctrl-C the
    gradebook is written for what is done, and `KeyboardInterrupt` goes on. Raises `CourseError` when the graders are
    not sound, `SandboxError` when nothing can be observed here, `OutputError` when the gradebook can't be written.
    """
    batch = Batch()
    line = _Line(course, found, limits)
    try:
        _try_sandbox(course, processes[0], limits)
        line.start(processes)
        for chunk in line.chunks():
            for result, fault in _grade_chunk(course, chunk):
                batch.faults.extend((result.submission, words) for words in (fault, _write(result, out)) if words)
                row = Row.of(result)
                batch.rows.append(row)
                on_row(row)
    finally:
        line.stop()
        if batch.rows:
            batch.rows.sort(key=lambda row: row.submission)
            write_batch(batch.rows, out, course.title)
    return batch


def _try_sandbox(course: Course, process: WarmProcess, limits: Limits) -> None:
    """Observe nothing once: on a machine where that fails each submission would, one after the other."""
    SandboxObserver(process, limits).observe(_NOBODY, course.plan(_NOBODY))


@dataclass(frozen=True)
class _Observed:
    """An observation on its way to be graded, and how the grader failed on it, if it did."""

    observation: Observation
    submission: Submission
    fault: str | None = None


class _Line:
    """The observing half: one thread a process takes submissions in turn, and hands observations on."""

    def __init__(self, course: Course, found: Sequence[Found], limits: Limits) -> None:
        self._course = course
        self._limits = limits
        self._left = iter(found)
        self._taking = threading.Lock()
        self._count = len(found)
        # Bounded, so that observers which are faster than grading wait, and memory stays flat.
        self._done: queue.Queue[_Observed] = queue.Queue(maxsize=CHUNK)
        self._stopped = threading.Event()
        self._desks: list[_Desk] = []

    def start(self, processes: Sequence[WarmProcess]) -> None:
        for process in processes:
            desk = _Desk(self._course, self._limits, process)
            self._desks.append(desk)
            threading.Thread(target=self._work, args=(desk,), daemon=True).start()

    def stop(self) -> None:
        """End the processes: a thread that waits for one is woken by that, and takes nothing more."""
        self._stopped.set()
        for desk in self._desks:
            desk.close()

    def chunks(self) -> Iterator[list[_Observed]]:
        """All observations, as they come, in lists that are worth a pytest session."""
        while self._count:
            chunk = [self._done.get()]
            until = time.monotonic() + PATIENCE
            with contextlib.suppress(queue.Empty):
                while len(chunk) < min(CHUNK, self._count):
                    chunk.append(self._done.get(timeout=max(until - time.monotonic(), 0)))
            self._count -= len(chunk)
            yield chunk

    def _work(self, desk: _Desk) -> None:
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


class _Desk:
    """Where one thread observes: a warm process, and a fresh one when it fails."""

    def __init__(self, course: Course, limits: Limits, process: WarmProcess) -> None:
        self._course = course
        self._limits = limits
        self._process = process
        self._closed = False
        self._changing = threading.Lock()

    def observe(self, found: Found) -> _Observed:
        """The observation of one submission; whatever happens, there is one."""
        submission = Submission(id=found.id, origin=found.origin)
        try:
            submission = read_submission(found.path, id=found.id, origin=found.origin)
            return _Observed(self._observe(submission), submission)
        except Exception as error:  # noqa: BLE001 - one submission never ends the batch
            fault = describe(error)
            return _Observed(_unobserved(self._course, submission, fault), submission, fault)

    def close(self) -> None:
        with self._changing:
            self._closed = True
            self._process.close()

    def _observe(self, submission: Submission) -> Observation:
        plan = self._course.plan(submission)
        try:
            return SandboxObserver(self._process, self._limits).observe(submission, plan)
        except SandboxError:
            self._renew()
            return SandboxObserver(self._process, self._limits).observe(submission, plan)

    def _renew(self) -> None:
        with self._changing:
            self._process.close()
            if not self._closed:
                self._process = self._process.again()


def _grade_chunk(course: Course, chunk: Sequence[_Observed]) -> Iterator[tuple[Result, str | None]]:
    """The results of a chunk; what can't be graded with the others is graded alone."""
    try:
        with _interrupts_later():
            results = grade(course, [observed.observation for observed in chunk])
    except Exception:  # noqa: BLE001 - found again below, for the submission that it is about
        yield from (_grade_alone(course, observed) for observed in chunk)
    else:
        yield from zip(results, (observed.fault for observed in chunk), strict=True)


def _grade_alone(course: Course, observed: _Observed) -> tuple[Result, str | None]:
    with _interrupts_later():
        try:
            return grade(course, [observed.observation])[0], observed.fault
        except Exception as error:  # noqa: BLE001 - one submission never ends the batch
            fault = describe(error)
        # Where this fails too it is no submission's fault but the course's, and ends the batch.
        return grade(course, [_unobserved(course, observed.submission, fault)])[0], fault


def _unobserved(course: Course, submission: Submission, fault: str) -> Observation:
    """An observation without a call, which earns nothing and says that this is the grader's fault."""
    return Observation(
        submission=submission.id,
        origin=submission.origin,
        digest=submission.digest(),
        plan=course.plan(submission),
        problem=f"The grader itself failed on this submission, which is no fault of its author: {fault}",
    )


def _write(result: Result, out: Path) -> str | None:
    try:
        write_result(result, out / result.submission)
    except OutputError as error:
        return str(error)
    return None


def describe(error: Exception) -> str:
    """An unexpected error in one line: what it was and where."""
    if isinstance(error, SandboxError):
        return str(error)
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    where = f"{Path(traceback.tb_frame.f_code.co_filename).name}:{traceback.tb_lineno}" if traceback else "?"
    return f"{type(error).__name__} at {where}: {error}".splitlines()[0]


def _same(one: Path, other: Path) -> bool:
    # Not `Path.resolve`, which raises where a link leads to itself.
    return os.path.realpath(one) == os.path.realpath(other)


@contextlib.contextmanager
def _interrupts_later() -> Iterator[None]:
    """Keep a Ctrl-C until the block is over: pytest would take it for itself, and the batch go on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pending: list[int] = []
    previous = signal.signal(signal.SIGINT, lambda number, _: pending.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
    if pending:
        raise KeyboardInterrupt
