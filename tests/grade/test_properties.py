"""What holds whatever numbers a seed draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograd_grader.grade.evidence.numbers import close
from autograd_grader.grade.grading import grade
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.observer import Limits
from autograd_grader.prove.answers import Answer, references, right_answers, submission, wrong_answers

if TYPE_CHECKING:
    from autograd_grader.course import Course
    from autograd_grader.model.plan import Call
    from autograd_grader.model.result import Result
    from autograd_grader.observe.host.worker import Worker

SEEDS = st.text(alphabet="0123456789abcdef", min_size=1, max_size=16)
ALWAYS_WRONG = ("hard-coded", "wrong-formula", "wrong-derivative", "wrong-input", "accumulated", "by-hand-only")
PRECISIONS = ("reference", "float64", "double", "half", "half_precision", "bfloat16", "float16")
slow = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def graded(course: Course, warm: Worker, answers: list[Answer], seed: str) -> list[Result]:
    rest = references(course)
    observer = SandboxObserver(warm, Limits(call=5.0))
    observations = []
    for answer in answers:
        handed_in = submission(course, answer.name, rest | {answer.exercise: answer.source})
        observations.append(observer.observe(handed_in, course.plan(handed_in, seed)))
    return grade(course, observations)


def earned(result: Result) -> float:
    return result.score + result.awaiting_review


def calls(course: Course, seed: str) -> list[Call]:
    handed_in = submission(course, "any", {})
    return [call for exercise in course.plan(handed_in, seed).exercises for call in exercise.calls]


@given(SEEDS)
@settings(max_examples=300, derandomize=True, deadline=None)
def test_drawn_numbers_are_fractions_in_range_that_half_precision_holds(course: Course, seed: str) -> None:
    for call in calls(course, seed):
        if call.id.endswith("article") or call.id.endswith("again"):
            continue
        for number in (a for a in call.args if isinstance(a, float)):
            assert 0.5 <= abs(number) <= 8
            assert (number * 16) % 2 == 1  # an odd number of sixteenths: never 0, 1, 2 or any whole number
            assert abs(number) * 16 < 2**8  # eight binary figures: bfloat16 holds it


@given(SEEDS)
@settings(max_examples=300, derandomize=True, deadline=None)
def test_no_two_drawn_gradients_are_alike_or_small_multiples(course: Course, seed: str) -> None:
    handed_in = submission(course, "any", {})
    for plan, exercise in zip(course.plan(handed_in, seed).exercises, course.exercises, strict=True):
        targets = course.targets(exercise)
        for call in plan.calls:
            if "drawn" not in call.id and "other" not in call.id:
                continue
            gradient = targets[call.function].expected_gradient(call.args)
            assert all(abs(g) > 0.25 for g in gradient)
            if len(gradient) == 2:
                ratio = gradient[0] / gradient[1]
                assert not any(
                    close(ratio, k, 0.02) or close(1 / ratio, k, 0.02) for k in (1, 2) if plan.exercise == "ex3"
                )
                assert not close(ratio, 1, 0.02)


@given(SEEDS)
@settings(max_examples=300, derandomize=True, deadline=None)
def test_a_bend_is_never_near_a_factor_that_a_wrong_answer_has(course: Course, seed: str) -> None:
    for call in calls(course, seed):
        if call.bend != 1.0:
            assert all(abs(call.bend - factor) > 0.1 for factor in (0, 0.5, 1, 2, 3, -1))


@pytest.mark.parametrize("exercise", ["ex1", "ex2", "ex3", "ex4"])
def test_right_answers_in_every_precision_are_right_at_any_drawn_numbers(
    course: Course, warm: Worker, exercise: str
) -> None:
    answers = [a for a in right_answers(course) if a.exercise == exercise and a.name.removesuffix(".py") in PRECISIONS]
    assert len(answers) > 1

    @given(SEEDS)
    @slow
    def holds(seed: str) -> None:
        for answer, result in zip(answers, graded(course, warm, answers, seed), strict=True):
            assert earned(result) == 40, (
                answer.name,
                seed,
                [c for e in result.exercises for c in e.checks if c.message],
            )

    holds()


@pytest.mark.parametrize("exercise", ["ex1", "ex2", "ex3", "ex4"])
def test_wrong_answers_are_wrong_at_any_drawn_numbers_and_keep_their_name(
    course: Course, warm: Worker, exercise: str
) -> None:
    known, _ = wrong_answers(course, frozenset(ALWAYS_WRONG))
    answers = [a for a in known if a.exercise == exercise][::3]
    assert answers

    @given(SEEDS)
    @settings(slow, max_examples=4)
    def holds(seed: str) -> None:
        for answer, result in zip(answers, graded(course, warm, answers, seed), strict=True):
            assert earned(result) < 40, (answer.name, seed)
            slugs = [d.slug for e in result.exercises for d in e.diagnoses]
            assert slugs[0] == answer.slug, (answer.name, seed, slugs)

    holds()


def test_the_same_seed_gives_the_same_marks_and_another_seed_the_same_for_known_answers(
    course: Course, warm: Worker
) -> None:
    known, _ = wrong_answers(course, frozenset({"accumulated", "swapped-returns", "not-by-hand"}))
    first, again, other = (graded(course, warm, known[:12], seed) for seed in ("one", "one", "two"))
    assert first == again
    assert [r.score for r in first] == [r.score for r in other]
