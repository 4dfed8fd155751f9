"""Grades observations many at a time, so that a failure of the grader costs the one submission that it is about."""

from __future__ import annotations

import contextlib
import gc
import signal
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograd_grader.course import Course
from autograd_grader.errors import SandboxError
from autograd_grader.grade.grading import grade
from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.result import Result
from autograd_grader.model.submission import Submission
from autograd_grader.report import load_templates

SESSION_SIZE = 40
"""The most submissions that one pytest session grades: a session's fixed cost is then a small part of it."""
_COLLECT_AFTER = 200_000
"""New objects between two collections: more than a session makes, so that the collector does not look through them."""
_NOBODY = Submission(id="nobody", origin="")


@dataclass(frozen=True, slots=True)
class Graded:
    """A submission's result, and how the grader itself failed on it, if it did."""

    result: Result
    fault: str | None = None


def warm_up_grading(course: Course) -> None:
    """Grade nothing once: all that grading and rendering import is loaded before the first observation comes."""
    load_templates()
    grade_together(course, [unobserved(_NOBODY, course.plan(_NOBODY), "nothing was observed")])


def tune_garbage_collector() -> None:
    """Have the garbage collector run rarely, and over new objects alone: it took a third of the time of grading.

    For a process that is about to grade many submissions, and has imported what it needs.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)


def grade_isolated(course: Course, observations: Sequence[Observation]) -> Iterator[Graded]:
    """The results in order; where the grader fails on many together, each is graded alone.

    Raises `CourseError` when the graders are not sound.
    """
    try:
        results = grade_together(course, observations)
    except Exception:  # noqa: BLE001 - found again below, for the submission that it is about
        yield from (_grade_alone(course, observation) for observation in observations)
    else:
        yield from map(Graded, results)


def grade_together(course: Course, observations: Sequence[Observation]) -> list[Result]:
    """The results of observations, in one session; raises whatever grading any of them raises."""
    with _interrupts_deferred():
        return grade(course, observations)


def _grade_alone(course: Course, observation: Observation) -> Graded:
    with _interrupts_deferred():
        try:
            return Graded(grade(course, [observation])[0])
        except Exception as error:  # noqa: BLE001 - one submission never ends the batch
            fault = describe_error(error)
        # Where this fails too, the fault is not the submission's but the course's, and ends the batch.
        blank = Observation(
            submission=observation.submission,
            origin=observation.origin,
            digest=observation.digest,
            plan=observation.plan,
            problem=_excuse(fault),
        )
        return Graded(grade(course, [blank])[0], fault)


def unobserved(submission: Submission, plan: Plan, fault: str) -> Observation:
    """An observation without a call, which earns nothing and says that the grader failed."""
    return Observation(
        submission=submission.id,
        origin=submission.origin,
        digest=submission.digest(),
        plan=plan,
        problem=_excuse(fault),
    )


def _excuse(fault: str) -> str:
    """What the student reads where the grader itself failed."""
    return f"The grader itself failed on this submission, which is no fault of its author: {fault}"


def describe_error(error: Exception) -> str:
    """An unexpected error in one line: what it was and where."""
    if isinstance(error, SandboxError):
        return str(error)
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    where = f"{Path(traceback.tb_frame.f_code.co_filename).name}:{traceback.tb_lineno}" if traceback else "?"
    return f"{type(error).__name__} at {where}: {error}".splitlines()[0]


@contextlib.contextmanager
def _interrupts_deferred() -> Iterator[None]:
    """Defer Ctrl-C to the end of the block: pytest would handle it, and the batch would go on."""
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
