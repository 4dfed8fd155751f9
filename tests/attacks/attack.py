"""What an attack is: student code in place of exercise 1, and what came of it and of everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

from autograd_grader.grade.grading import grade
from autograd_grader.observe.observer import Limits, SandboxObserver
from autograd_grader.prove.answers import in_place, references, submission

if TYPE_CHECKING:
    from autograd_grader.course import Course
    from autograd_grader.model.observation import CallObservation, Observation
    from autograd_grader.model.result import Result
    from autograd_grader.observe.process import WarmProcess

# libc is called past Python's audit hook: what refuses here is the kernel. `tried` returns what it got, or raises.
TRY = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)

def made(result):
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")
    return result

def unless(error):
    if error:
        raise OSError(error, "refused")

def read(path):
    return os.read(made(libc.open(path.encode(), 0)), 100)

def tried():
    return {what}

def single_variable(z0=5.0):
    try:
        print("THROUGH", tried())
    except OSError as error:
        print("REFUSED", error.errno)
"""
REFUSALS = {"1", "13", "38"}
"""Not permitted, no access, not known here."""


@dataclass(frozen=True)
class Outcome:
    """What came of one attack, and of the honest submission that was observed right after it."""

    result: Result
    seen: Observation
    next: Result

    @property
    def call(self) -> CallObservation:
        """The first call of the hostile exercise."""
        return next(call for call in self.seen.calls if call.exercise == "ex1")

    @property
    def earned(self) -> float:
        """The points of the hostile exercise."""
        return next(e.score for e in self.result.exercises if e.id == "ex1")

    @property
    def ending(self) -> str:
        """How the hostile file's loading ended, or else the first call: in one word."""
        load = next(load for load in self.seen.loads if load.path.startswith("ex1"))
        errors = [error.type for error in (*load.errors, *([self.call.error] if self.call.error else []))]
        ways = [load.outcome if load.outcome != "loaded" else "", *errors, self.call.outcome]
        return "too-much-output" if load.too_much_output else next(way for way in ways if way)

    def check_refused(self, errors: set[str]) -> None:
        """Fail unless the kernel refused what `TRY` tried, with one of these error numbers."""
        assert self.call.outcome == "returned", self.call.error or self.call.detail
        assert self.call.printed.split()[0] == "REFUSED", self.call.printed
        assert self.call.printed.split()[1] in errors, self.call.printed

    def check_the_honest(self) -> None:
        """Fail unless everybody but the attacker has all points."""
        points = {e.id: e.score + e.awaiting_review for e in self.result.exercises if e.id != "ex1"}
        assert points == {"ex2": 10.0, "ex3": 10.0, "ex4": 10.0}, "the same submission's honest exercises lost points"
        assert self.next.score + self.next.awaiting_review == self.next.max_score, "the next submission lost points"


def outcomes(course: Course, warm: WarmProcess, sources: Mapping[str, str]) -> dict[str, Outcome]:
    """What comes of submissions whose exercise 1 is hostile, an honest one after each; graded in one session."""
    observer = SandboxObserver(warm, Limits(call=1.0))
    honest = submission(course, "next", references(course))
    observed = []
    for source in sources.values():
        hostile = in_place(course, "ex1", dedent(source), "hostile")
        observed += [observer.observe(each, course.plan(each)) for each in (hostile, honest)]
    results = grade(course, observed)
    found = map(Outcome, results[::2], observed[::2], results[1::2])
    return dict(zip(sources, found, strict=True))
