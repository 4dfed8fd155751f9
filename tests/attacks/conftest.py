"""One worker for all attacks, a student whose other exercises are honest, and the table at the end."""

from __future__ import annotations

import errno
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .attack import REFUSALS, outcomes
from .graded_class import GradedClass
from .graded_class import graded_class as grade_hostile_class
from .hostile_class import remove

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograd_grader.course import Course
    from autograd_grader.observe.host.worker import Worker

    from .attack import Attack

BASIC = "held in basic"
"""The property in which a test records, for each group, which attacks held in `basic` without Landlock and seccomp."""


def pytest_configure(config: pytest.Config) -> None:
    """In namespaces, what is outside is not refused but not there at all."""
    if config.getoption("--inside"):
        REFUSALS.add(str(errno.ENOENT))


@pytest.fixture(scope="session")
def attack(course: Course, warm: Worker) -> Attack:
    """Grade submissions whose exercise 1 is hostile, an honest one after each."""
    return lambda sources: outcomes(course, warm, sources)


@pytest.fixture(scope="session")
def graded_class(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GradedClass]:
    """One `grade batch` over a hostile class, for all tests of intake and injection."""
    top = tmp_path_factory.mktemp("hostile")
    yield grade_hostile_class(course, top)
    remove(top)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many attacks of each group held, where these tests were run; an attack is one case of a test."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    held: dict[str, dict[str, bool]] = {}
    for outcome in ("passed", "failed", "error"):
        for report in terminalreporter.getreports(outcome):
            held |= dict(report.user_properties).get(BASIC, {})
            here = Path(report.fspath).parent.name == Path(__file__).parent.name
            if here and "[" in report.nodeid and (report.when == "call" or outcome == "error"):
                groups[Path(report.fspath).stem.removeprefix("test_")][outcome] += 1
    lines = [(group, counts.total(), counts["passed"]) for group, counts in sorted(groups.items())]
    lines += [(f"{group}, basic, no kernel layers", len(tried), sum(tried.values())) for group, tried in held.items()]
    if lines:
        terminalreporter.section("attacks", sep="-")
        terminalreporter.write_line(f"{'group':28} {'attacks':>8} {'held':>6}")
    for group, attacks, passed in lines:
        terminalreporter.write_line(f"{group:28} {attacks:8} {passed:6}")
