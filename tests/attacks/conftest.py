"""One warm process for all attacks, and a student whose other exercises are honest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from autograd_grader.grade.grading import grade
from autograd_grader.observe.observer import Limits, SandboxObserver
from autograd_grader.prove.answers import in_place, references, submission

if TYPE_CHECKING:
    from autograd_grader.course import Course
    from autograd_grader.model.observation import CallObservation, Observation
    from autograd_grader.model.result import Result
    from autograd_grader.observe.process import WarmProcess


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

    def check_the_honest(self) -> None:
        """Fail unless everybody but the attacker has all points."""
        points = {e.id: e.score + e.awaiting_review for e in self.result.exercises if e.id != "ex1"}
        assert points == {"ex2": 10.0, "ex3": 10.0, "ex4": 10.0}, "the same submission's honest exercises lost points"
        assert self.next.score + self.next.awaiting_review == self.next.max_score, "the next submission lost points"

    @property
    def earned(self) -> float:
        """The points of the hostile exercise."""
        return next(e.score for e in self.result.exercises if e.id == "ex1")


Attack = Callable[[Mapping[str, str]], dict[str, Outcome]]


@pytest.fixture(scope="session")
def attack(course: Course, warm: WarmProcess) -> Attack:
    """Grade submissions whose exercise 1 is hostile, an honest one after each; all in one session of the grader."""

    def run(sources: Mapping[str, str]) -> dict[str, Outcome]:
        observer = SandboxObserver(warm, Limits(call=0.5))
        honest = submission(course, "next", references(course))
        observed = []
        for source in sources.values():
            hostile = in_place(course, "ex1", dedent(source), "hostile")
            observed += [observer.observe(each, course.plan(each)) for each in (hostile, honest)]
        results = grade(course, observed)
        outcomes = map(Outcome, results[::2], observed[::2], results[1::2])
        return dict(zip(sources, outcomes, strict=True))

    return run
