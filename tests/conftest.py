"""What all tests share: the course, and one process that has imported torch."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from autograd_grader.course import Course, open_course
from autograd_grader.model.plan import Call, ExercisePlan, Plan
from autograd_grader.model.submission import Submission
from autograd_grader.observe.host import bubblewrap
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.host.worker import Worker
from autograd_grader.observe.observer import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A test's cases are the same in every run. `--hypothesis-profile many --hypothesis-seed N` makes others, and more.
_ALWAYS = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
settings.register_profile("same", _ALWAYS, derandomize=True)
settings.register_profile("many", _ALWAYS, derandomize=False)
settings.load_profile("same")

_NOTHING = Submission(id="nobody", origin="nobody")
_EXERCISE = ExercisePlan(exercise="ex1", file="ex1.py", calls=(Call(id="0", function="f"),))
_ONE_CALL = Plan(seed="0", exercises=(_EXERCISE,))


@pytest.fixture(scope="session")
def course() -> Course:
    """The course of this checkout."""
    return open_course(None)


@pytest.fixture
def own_course(course: Course, tmp_path: Path) -> Course:
    """A copy of the course that a test may change."""
    shutil.copytree(course.stubs, tmp_path / "course" / "exercises")
    shutil.copytree(course.graders, tmp_path / "course" / "graders", ignore=shutil.ignore_patterns("answers"))
    return Course(tmp_path / "course")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--inside", action="store_true", help="start the warm process in bubblewrap's namespaces")


@pytest.fixture(scope="session")
def warm(request: pytest.FixtureRequest) -> Iterator[Worker]:
    """One warm process for the whole run: each child is a fork of it, so tests can't disturb each other.

    Without `--inside` it is in no namespaces: what the other layers promise they have to keep alone.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not request.config.getoption("--inside"):
            patch.setattr(bubblewrap, "wrapper", list)
        process = Worker()
    with process:
        if process.outside and request.config.getoption("--inside"):
            pytest.skip(process.outside)
        SandboxObserver(process, Limits()).observe(_NOTHING, _ONE_CALL)  # torch is imported now, not in a timed test
        yield process
