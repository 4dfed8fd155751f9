"""One pytest session over many submissions: every check of every grader, for each of them.

A check is one pytest test, which goes through all submissions: what pytest does for each test, four times the work of
a check, is done once. The session runs in this process, with pytest's own services that a check has no use for left
out. No configuration of the folder that the program was started in is read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Literal, cast

import pytest
import pytest_jsonreport.plugin
import pytest_metadata.plugin
from pydantic import BaseModel, ConfigDict, ValidationError

from autograd_grader.course.imports import importable
from autograd_grader.errors import CourseError, GraderError
from autograd_grader.grade.checks.check import Check
from autograd_grader.grade.evidence import ExerciseEvidence
from autograd_grader.model.base import Record

_LEFT_OUT = (
    "assertion", "cacheprovider", "capture", "debugging", "doctest", "faulthandler", "junitxml", "logging",
    "monkeypatch", "pastebin", "recwarn", "setuponly", "setupplan", "skipping", "stepwise", "subtests", "terminal",
    "threadexception", "tmpdir", "unittest", "unraisableexception", "warnings",
)  # fmt: skip

# Named by `-p` they would be looked for among all that is installed, at each session.
_PLUGINS = (pytest_metadata.plugin, pytest_jsonreport.plugin)

_ENDINGS = (KeyboardInterrupt, SystemExit, pytest.exit.Exception)


class Outcome(Record):
    """What came of one check for one submission."""

    exercise: str
    submission: int
    """The submission's place in the session."""
    check: str
    title: str
    points: float
    outcome: Literal["passed", "failed", "skipped"]
    message: str = ""
    broken: bool = False
    """The check itself raised something: a fault of the course."""


class _Metadata(BaseModel):
    outcomes: list[Outcome]


class _Test(BaseModel):
    metadata: _Metadata


class _Report(BaseModel):
    model_config = ConfigDict(extra="ignore")
    tests: list[_Test]


class _Bridge:
    """The plugin between pytest and the engine: hands each check all evidence, and carries its words out."""

    def __init__(self, evidence: Mapping[str, Sequence[ExerciseEvidence]]) -> None:
        self._evidence = evidence
        self._outcomes: list[dict[str, Any]] = []
        self.report: dict[str, Any] | None = None
        self.faults: list[str] = []

    def pytest_addoption(self, parser: pytest.Parser) -> None:
        # pytest-json-report reads an option that the terminal plugin defines.
        parser.addoption("--tb", dest="tbstyle", default="no")

    @pytest.hookimpl(trylast=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str]:
        return report.outcome, "", ""

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        metafunc.parametrize("evidence", [self._evidence[metafunc.definition.path.name]], ids=["each"])

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        if not isinstance(item, pytest.Function) or not isinstance(getattr(item.obj, "check", None), Check):
            self.faults.append(
                f"{item.nodeid.partition('[')[0]} has no title: make it a check with @check(title, points=…)"
            )

    def pytest_collection_finish(self) -> None:
        if self.faults:
            pytest.exit("a grader is not sound")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.faults.append(f"{report.nodeid}: {str(report.longrepr).strip().splitlines()[-1]}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Function) -> bool:
        """Make a check for every submission and report it.

        It takes `evidence` alone, so there is nothing to set up or to tear down.
        """
        call = pytest.CallInfo.from_call(partial(self._check_each, item), "call", reraise=_ENDINGS)
        item._json_report_extra = {"call": {}}  # type: ignore[attr-defined]  # noqa: SLF001 - else made in the set-up
        report = item.ihook.pytest_runtest_makereport(item=item, call=call)
        item.ihook.pytest_runtest_logreport(report=report)
        return True

    def _check_each(self, item: pytest.Function) -> None:
        check: Check = item.obj.check
        about = {
            "check": item.originalname.removeprefix("test_"),
            "title": check.title,
            "points": check.points,
        }
        submissions = cast("Sequence[ExerciseEvidence]", item.callspec.params["evidence"])
        self._outcomes = [
            about | {"submission": place, "exercise": evidence.id} | _outcome(item.obj, evidence)
            for place, evidence in enumerate(submissions)
        ]

    def pytest_json_runtest_metadata(self) -> dict[str, Any]:
        return {"outcomes": self._outcomes}

    def pytest_json_modifyreport(self, json_report: dict[str, Any]) -> None:
        self.report = json_report


def _outcome(check: Callable[[ExerciseEvidence], None], evidence: ExerciseEvidence) -> dict[str, Any]:
    """What came of a check for one submission; it may fail in any way, and the next one is checked all the same."""
    try:
        check(evidence)
    except pytest.skip.Exception as skipped:
        return {"outcome": "skipped", "message": str(skipped.msg)}
    except pytest.fail.Exception as failed:
        return {"outcome": "failed", "message": str(failed.msg)}
    except _ENDINGS:
        raise
    except BaseException as error:  # noqa: BLE001 - told to the staff as a fault of the course
        words = f"this check could not be made ({type(error).__name__}); the course's staff were told"
        return {"outcome": "failed", "message": words, "broken": True}
    return {"outcome": "passed"}


def run_checks(graders: Sequence[Path], evidence: Mapping[str, Sequence[ExerciseEvidence]]) -> list[Outcome]:
    """The outcome of every check in `graders` for every submission.

    `evidence` maps a grader's file name to its exercise, once a submission, in the same order for each grader. Raises
    `CourseError` when a grader can't be collected, `GraderError` when pytest itself fails.
    """
    # pytest leaves reference cycles; empty the lists afterwards so that they don't keep observations alive.
    held = {name: list(submissions) for name, submissions in evidence.items()}
    bridge = _Bridge(held)
    with importable(graders[0].parent):
        with _plain_environment():
            code = pytest.main([*_arguments(graders), *map(str, graders)], plugins=[bridge, *_PLUGINS])
        for submissions in held.values():
            submissions.clear()
        if bridge.faults:
            message = f"a grader can't be collected: {bridge.faults[0]}"
            raise CourseError(message)
    if bridge.report is None or code != pytest.ExitCode.OK:
        message = f"pytest ended with {code!s} before the checks were made"
        raise GraderError(message)
    try:
        report = _Report.model_validate(bridge.report)
    except ValidationError as error:
        message = f"a check has no title or no points: {str(error).splitlines()[1]}"
        raise CourseError(message) from error
    return [outcome for test in report.tests for outcome in test.metadata.outcomes]


def _arguments(graders: Sequence[Path]) -> list[str]:
    arguments = ["-c", os.devnull, f"--rootdir={graders[0].parent}", f"--confcutdir={graders[0].parent}"]
    arguments += ["--noconftest", "--import-mode=importlib"]
    for name in _LEFT_OUT:
        arguments += ["-p", f"no:{name}"]
    return [
        *arguments,
        # Apart: joined by commas they would be taken for one name that nothing bears.
        *("--json-report-omit", "collectors", "log", "streams", "keywords", "traceback"),
        "--json-report",
        "--json-report-file=none",
    ]


@contextmanager
def _plain_environment() -> Iterator[None]:
    """Hide pytest's variables: what the shell sets for other test runs must not change marks."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith(("PYTEST_", "PY_COLORS"))}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        for name in [name for name in os.environ if name.startswith("PYTEST_")]:
            del os.environ[name]
        os.environ.update(hidden)
