"""The sample class in `submissions/`: every kind of hand-in goes through, and none is lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograd_grader.grade.grading import grade
from autograd_grader.intake import find_submissions, read_submission
from autograd_grader.model.observation import Observation
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.observer import Limits

if TYPE_CHECKING:
    from autograd_grader.course import Course
    from autograd_grader.observe.host.worker import Worker

SUBMISSIONS = Path(__file__).parents[2] / "submissions"
PERFECT = {"alma", "bruno", "chiara", "oskar"}
UNREADABLE = {"nadia", "priya"}
EMPTY = {"kaya"}


@pytest.fixture(scope="module")
def observed(warm: Worker, course: Course) -> dict[str, Observation]:
    """Every submission's observation."""
    observer = SandboxObserver(warm, Limits(call=0.5))
    read = [read_submission(f.path, id=f.id, origin=f.origin) for f in find_submissions(SUBMISSIONS)]
    return {submission.id: observer.observe(submission, course.plan(submission)) for submission in read}


def test_every_planned_call_has_an_observation(observed: dict[str, Observation]) -> None:
    for name, seen in observed.items():
        planned = [(e.exercise, c) for e in seen.plan.exercises for c in (*(c.id for c in e.calls), *e.constants)]
        assert [(c.exercise, c.call) for c in seen.calls] == ([] if name in UNREADABLE else planned), name


def test_the_perfect_have_all_points_and_nobody_else(observed: dict[str, Observation], course: Course) -> None:
    results = grade(course, list(observed.values()))
    full = {r.submission for r in results if r.score + r.awaiting_review == r.max_score}
    assert full == PERFECT
    assert {r.submission for r in results if r.status == "unreadable"} == UNREADABLE
    assert {r.submission for r in results if r.score + r.awaiting_review == 0} == UNREADABLE | EMPTY


def test_only_the_one_that_never_ends_is_timed_out(observed: dict[str, Observation]) -> None:
    slow = {name for name, seen in observed.items() if "timed-out" in {c.outcome for c in seen.calls}}
    assert slow == {"liam"}
    timed_out = {c.call.partition("-")[0] for c in observed["liam"].calls if c.outcome == "timed-out"}
    assert timed_out == {"without"}


def test_no_right_answer_needs_a_second_child(observed: dict[str, Observation]) -> None:
    assert {name for name in PERFECT if observed[name].changes} == set()


def test_the_recorded_observation_is_of_todays_plan(observed: dict[str, Observation]) -> None:
    """If this fails, the course has changed: run `python tests/observe/record.py`."""
    path = Path(__file__).parent / "recorded" / "alma.json"
    recorded = Observation.model_validate_json(path.read_text(encoding="utf-8"))
    assert recorded.digest == observed["alma"].digest
    assert recorded.plan == observed["alma"].plan
    assert [c.call for c in recorded.calls] == [c.call for c in observed["alma"].calls]
