"""Grades a handful of observations at once, so that whatever happens there is a result for each."""

from __future__ import annotations

import contextlib
import gc
import signal
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograd_grader.course import Course
from autograd_grader.errors import SandboxError
from autograd_grader.grade.grading import grade
from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.result import Result
from autograd_grader.model.submission import Submission

CHUNK = 40
"""The most submissions that one pytest session grades: a session's fixed cost is then a small part of it."""
COLLECT_AFTER = 200_000
"""New objects between two collections: more than come and go with a chunk, so that those are not looked through."""


def settle() -> None:
    """Have the collector look rarely, and at what is new alone: it cost a third of what grading costs.

    For a process that is about to grade many, and has imported what it needs.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


def grade_chunk(course: Course, observations: Sequence[Observation]) -> Iterator[tuple[Result, str | None]]:
    """The results, each with how the grader failed on it, if it did; what can't be graded with others is graded alone.

    Raises `CourseError` when the graders are not sound.
    """
    try:
        results = grade_together(course, observations)
    except Exception:  # noqa: BLE001 - found again below, for the submission that it is about
        yield from (_grade_alone(course, observation) for observation in observations)
    else:
        yield from ((result, None) for result in results)


def grade_together(course: Course, observations: Sequence[Observation]) -> list[Result]:
    """The results of observations that nothing is wrong with."""
    with _interrupts_later():
        return grade(course, observations)


def _grade_alone(course: Course, observation: Observation) -> tuple[Result, str | None]:
    with _interrupts_later():
        try:
            return grade(course, [observation])[0], None
        except Exception as error:  # noqa: BLE001 - one submission never ends the batch
            fault = describe(error)
        # Where this fails too it is no submission's fault but the course's, and ends the batch.
        blank = Observation(
            submission=observation.submission,
            origin=observation.origin,
            digest=observation.digest,
            plan=observation.plan,
            problem=excuse(fault),
        )
        return grade(course, [blank])[0], fault


def unobserved(submission: Submission, plan: Plan, fault: str) -> Observation:
    """An observation without a call, which earns nothing and says that this is the grader's fault."""
    return Observation(
        submission=submission.id,
        origin=submission.origin,
        digest=submission.digest(),
        plan=plan,
        problem=excuse(fault),
    )


def excuse(fault: str) -> str:
    """What the student reads where the grader itself failed."""
    return f"The grader itself failed on this submission, which is no fault of its author: {fault}"


def describe(error: Exception) -> str:
    """An unexpected error in one line: what it was and where."""
    if isinstance(error, SandboxError):
        return str(error)
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    where = f"{Path(traceback.tb_frame.f_code.co_filename).name}:{traceback.tb_lineno}" if traceback else "?"
    return f"{type(error).__name__} at {where}: {error}".splitlines()[0]


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
