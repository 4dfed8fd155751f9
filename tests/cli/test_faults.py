"""A batch goes on when the grader itself fails on one submission, and never gives a point for it."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from autograd_grader import cli
from autograd_grader.batch import grading as batch_grading
from autograd_grader.batch.cache_key import CacheKeyParts
from autograd_grader.batch.plan import find_batch, plan_batch
from autograd_grader.batch.run import Batch, grade_batch
from autograd_grader.cli.reports import reports_in
from autograd_grader.course import Course
from autograd_grader.errors import CourseError, OutputError, SandboxError
from autograd_grader.grade.grading import grade as really_grade
from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.observer import Limits
from autograd_grader.report import Row


@dataclass
class FakeObserver:
    """An observer without student code: `accidents` says what happens to whom, and once each."""

    accidents: dict[str, list[Exception]] = field(default_factory=dict)
    closed: bool = False

    def observe(self, submission: Submission, plan: Plan) -> Observation:
        if self.closed:
            raise SandboxError("it was closed")
        if self.accidents.get(submission.id):
            raise self.accidents[submission.id].pop()
        return Observation(submission=submission.id, origin=submission.origin, digest=submission.digest(), plan=plan)

    def close(self) -> None:
        self.closed = True


@dataclass
class Told:
    """Is told of each row."""

    on_row: Callable[[Row], object]

    def graded(self, row: Row) -> None:
        self.on_row(row)

    def unchanged(self, row: Row) -> None:
        raise AssertionError(row)


class FakeWorker:
    """Stands for a worker whose children are lost so many times; counts how many there were."""

    made = 0
    failures = 0

    def __init__(self) -> None:
        FakeWorker.made += 1
        self.closed = False

    def another(self) -> FakeWorker:
        return FakeWorker()

    def close(self) -> None:
        self.closed = True

    def child(self, _: object) -> Any:
        if self.closed or FakeWorker.failures:
            FakeWorker.failures -= 1
            raise SandboxError("it is gone")
        raise LookupError("it is at work")


def clumsy(accidents: dict[str, list[Exception]]) -> list[FakeObserver]:
    """Two observers to which the same accidents happen."""
    return [FakeObserver(accidents), FakeObserver(accidents)]


def grade_some(
    course: Course,
    top: Path,
    count: int = 3,
    on_row: Callable[[Row], object] = lambda _: None,
    observers: Sequence[FakeObserver] = (),
) -> Batch:
    for number in range(count):
        folder = top / "in" / f"s{number:03}"
        folder.mkdir(parents=True)
        (folder / "ex1.py").write_text("")
    reports = reports_in(top / "out")
    reports.store.create()
    plan = plan_batch(course, find_batch(top / "in", top / "out"), reports.store, CacheKeyParts.of(course))
    used = observers or clumsy({})
    done = grade_batch(plan, reports, observers=used, before_first=lambda: None, progress=Told(on_row))
    assert all(observer.closed for observer in used)
    return done


def rows_on_disk(top: Path) -> list[str]:
    with (top / "out/gradebook.csv").open(encoding="utf-8", newline="") as file:
        return [row["submission"] for row in csv.DictReader(file)]


def test_an_unexpected_error_costs_its_own_submission(course: Course, tmp_path: Path) -> None:
    done = grade_some(course, tmp_path, observers=clumsy({"s001": [ValueError("what is this")]}))
    assert [row.status for row in done.rows] == ["graded", "unreadable", "graded"]
    assert [row.score for row in done.rows] == [0, 0, 0]
    assert [name for name, _ in done.faults] == ["s001"]
    assert "ValueError at test_faults.py" in done.faults[0][1]
    assert "no fault of its author" in (tmp_path / "out/s001/report.html").read_text("utf-8")


def test_a_submission_that_cant_be_observed_is_given_up_and_the_others_are_graded(
    course: Course, tmp_path: Path
) -> None:
    done = grade_some(course, tmp_path, observers=clumsy({"s000": [SandboxError("it is gone")]}))
    assert [row.status for row in done.rows] == ["unreadable", "graded", "graded"]
    assert done.faults == [("s000", "it is gone")]


@pytest.mark.parametrize(("failures", "error", "made"), [(1, LookupError, 2), (2, SandboxError, 2)])
def test_a_worker_that_is_lost_is_replaced_once(
    failures: int, error: type[Exception], made: int, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeWorker, "made", 0)
    monkeypatch.setattr(FakeWorker, "failures", failures)
    worker: Any = FakeWorker()
    submission = Submission(id="ada", origin="ada")
    with pytest.raises(error):
        SandboxObserver(worker, Limits()).observe(submission, course.plan(submission))
    assert (FakeWorker.made, worker.closed) == (made, True)


def test_where_nothing_can_be_observed_the_batch_does_not_begin(course: Course, tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="torch is missing"):
        grade_some(course, tmp_path, observers=clumsy({"nobody": [SandboxError("torch is missing")]}))
    assert not (tmp_path / "out/gradebook.csv").exists()


def test_what_no_submission_is_to_blame_for_ends_the_batch(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = Course.plan

    def plan(self: Course, submission: Submission, seed: str | None = None) -> Plan:
        if submission.id == "s002":
            raise CourseError("no plan can be made")
        return really(self, submission, seed)

    monkeypatch.setattr(Course, "plan", plan)
    with pytest.raises(CourseError, match="no plan can be made"):
        grade_some(course, tmp_path)


def test_an_observation_that_breaks_grading_costs_no_other(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def grade(course: Course, observations: Sequence[Observation]) -> Any:
        if any(o.submission == "s002" and o.problem is None for o in observations):
            raise ZeroDivisionError("a rule divided")
        return really_grade(course, observations)

    monkeypatch.setattr(batch_grading, "grade", grade)
    done = grade_some(course, tmp_path, 4)
    assert [row.status for row in done.rows] == ["graded", "graded", "unreadable", "graded"]
    assert [name for name, _ in done.faults] == ["s002"]


def test_a_course_that_is_not_sound_ends_the_batch(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def grade(*_: object) -> Any:
        raise CourseError("a grader is broken")

    monkeypatch.setattr(batch_grading, "grade", grade)
    with pytest.raises(CourseError, match="a grader is broken"):
        grade_some(course, tmp_path)


def test_a_report_that_cant_be_written_costs_no_row(course: Course, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/s001").write_text("in the way")
    done = grade_some(course, tmp_path)
    assert rows_on_disk(tmp_path) == ["s000", "s001", "s002"]
    assert [name for name, _ in done.faults] == ["s001"]


def test_ctrl_c_keeps_what_is_done(course: Course, tmp_path: Path) -> None:
    rows = []

    def interrupt(row: Any) -> None:
        rows.append(row.submission)
        if len(rows) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade_some(course, tmp_path, 40, interrupt)
    assert rows_on_disk(tmp_path) == sorted(rows)


def test_observers_do_not_run_ahead_of_grading(course: Course, tmp_path: Path) -> None:
    ahead, most, counting = 0, 0, threading.Lock()

    class CountingObserver(FakeObserver):
        def observe(self, submission: Submission, plan: Plan) -> Observation:
            nonlocal ahead, most
            with counting:
                ahead += 1
                most = max(most, ahead)
            return super().observe(submission, plan)

    def graded(_row: Any) -> None:
        nonlocal ahead
        with counting:
            ahead -= 1

    done = grade_some(course, tmp_path, 150, graded, observers=[CountingObserver(), CountingObserver()])
    assert len(done.rows) == 150
    assert most <= 2 * batch_grading.SESSION_SIZE + 4


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (CourseError("course.toml is not sound"), 2, "grade: course.toml is not sound"),
        (OutputError("the disk is full"), 3, "grade: the disk is full"),
        (RuntimeError("boom\nand more"), 3, "grade: the grader itself failed: RuntimeError at "),
        (KeyboardInterrupt(), 130, "grade: interrupted"),
    ],
)
def test_each_error_has_its_line_and_its_exit_code(
    error: BaseException, code: int, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> Any:
        raise error

    monkeypatch.setattr("autograd_grader.course.open_course", fail)
    monkeypatch.setattr("sys.argv", ["grade", "init"])
    assert cli._run() == code
    told = capsys.readouterr().err.strip()
    assert told.startswith(words)
    assert "Traceback" not in told
    assert "\n" not in told
