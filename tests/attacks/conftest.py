"""One warm process for all attacks, and a student whose other exercises are honest."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from autograd_grader.grade.grading import grade
from autograd_grader.observe.observer import Limits, SandboxObserver
from autograd_grader.prove.answers import in_place, references, submission

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograd_grader.course import Course
    from autograd_grader.model.observation import Observation
    from autograd_grader.model.result import Result
    from autograd_grader.observe.process import WarmProcess

Attack = "Callable[[str], tuple[Result, Observation]]"


@pytest.fixture
def attack(course: Course, warm: WarmProcess) -> Callable[[str], tuple[Result, Observation]]:
    """Grade a submission whose exercise 1 is hostile, and check that nobody else's points suffer from it."""

    def run(source: str) -> tuple[Result, Observation]:
        observer = SandboxObserver(warm, Limits(call=1.0))
        hostile = in_place(course, "ex1", dedent(source), "hostile")
        honest = submission(course, "next", references(course))
        seen = [observer.observe(each, course.plan(each)) for each in (hostile, honest)]
        result, after = grade(course, seen)
        assert {e.id: e.score + e.awaiting_review for e in result.exercises if e.id != "ex1"} == dict.fromkeys(
            ("ex2", "ex3", "ex4"), 10.0
        ), "the honest exercises of the same submission keep their points"
        assert after.score + after.awaiting_review == after.max_score, "the next submission keeps its points"
        return result, seen[0]

    return run
