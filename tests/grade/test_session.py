"""What a pytest session over observations leaves behind."""

from __future__ import annotations

import weakref

from autograd_grader.course import Course
from autograd_grader.grade.grading import grade
from autograd_grader.model.observation import Observation
from autograd_grader.model.submission import Submission


def test_no_observation_outlives_the_session_that_graded_it(course: Course) -> None:
    nothing = Submission(id="ada", origin="ada")
    plan = course.plan(nothing)
    observations = [Observation(submission="ada", origin="ada", digest="", plan=plan) for _ in range(8)]
    seen = [weakref.ref(observation) for observation in observations]
    results = grade(course, observations)
    del observations
    assert [result.score for result in results] == [0] * 8
    assert [reference() for reference in seen] == [None] * 8
