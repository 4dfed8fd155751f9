"""What comes of a pytest session over observations, and what it leaves behind."""

from __future__ import annotations

import weakref

import pytest

from autograd_grader.course import Course
from autograd_grader.errors import CourseError, GraderError
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


FIRST_FAILS = """

@check("It is not ada's", points=0)
def test_own(evidence: ExerciseEvidence) -> None:
    if evidence.observation.submission == "ada":
        {what}
"""


def one_more_check(own: Course, check: str) -> None:
    """Add a check to a course's first exercise."""
    with own.grader_files[0].open("a", encoding="utf-8") as grader:
        grader.write(check)


@pytest.mark.parametrize(
    ("what", "outcome", "message"),
    [
        ("expect(False, 'ada did it')", "failed", "ada did it"),
        ("raise ValueError('a slip')", "failed", "could not be made (ValueError)"),
        ("raise SystemError", "failed", "could not be made (SystemError)"),
        ("__import__('pytest').skip('read it')", "awaiting_review", "read it"),
    ],
)
def test_what_comes_of_a_check_for_one_submission_is_nothing_to_the_next(
    own_course: Course, what: str, outcome: str, message: str
) -> None:
    one_more_check(own_course, FIRST_FAILS.format(what=what))
    both = [Submission(id=name, origin=name) for name in ("ada", "bob")]
    ada, bob = grade(
        own_course,
        [Observation(submission=s.id, origin=s.origin, digest="", plan=own_course.plan(s), problem="") for s in both],
    )
    (first, second) = (result.exercises[0].checks[-1] for result in (ada, bob))
    assert (first.outcome, second.outcome) == (outcome, "passed")
    assert message in first.message
    assert [flag.slug for flag in ada.flags] == (["broken-check"] if what.startswith("raise") else [])
    assert not bob.flags


def test_a_check_that_ends_the_session_is_the_courses_fault_and_marks_nobody(own_course: Course) -> None:
    one_more_check(own_course, FIRST_FAILS.format(what="__import__('pytest').exit('enough')"))
    nothing = Submission(id="ada", origin="ada")
    with pytest.raises((CourseError, GraderError)):
        grade(own_course, [Observation(submission="ada", origin="ada", digest="", plan=own_course.plan(nothing))])


def test_an_edited_grader_counts_at_once_and_a_broken_one_never(own_course: Course) -> None:
    grader = own_course.grader_files[0]
    sound = grader.read_text("utf-8")
    nothing = Submission(id="ada", origin="ada")

    def titles() -> set[str]:
        observation = Observation(submission="ada", origin="ada", digest="", plan=own_course.plan(nothing))
        (result,) = grade(own_course, [observation])
        return {check.title for check in result.exercises[0].checks}

    before = titles()
    grader.write_text(sound.replace('"It prints z.grad"', '"It shows z.grad"'), "utf-8")
    assert titles() - before == {"It shows z.grad"}
    grader.write_text(sound.replace("@check(", "1 / 0\n@check(", 3), "utf-8")
    for _ in range(2):
        with pytest.raises(CourseError, match="ZeroDivisionError"):
            titles()
    grader.write_text(sound, "utf-8")
    assert titles() == before
