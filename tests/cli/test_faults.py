"""A batch goes on when the grader itself fails on one submission, and never gives a point for it."""

from __future__ import annotations

import csv
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from autograd_grader import cli
from autograd_grader.batch import CacheKeyParts, plan_batch
from autograd_grader.batch import run as batch
from autograd_grader.batch import safe_grading as chunk
from autograd_grader.batch.run import Batch, find_batch, grade_batch
from autograd_grader.course import Course
from autograd_grader.errors import CourseError, OutputError, SandboxError
from autograd_grader.grade.grading import grade as really_grade
from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission
from autograd_grader.observe.observer import Limits


class FakeProcess:
    """Stands for a warm process; counts how many there were."""

    made = 0

    def __init__(self) -> None:
        FakeProcess.made += 1
        self.closed = False

    def another(self) -> FakeProcess:
        return FakeProcess()

    def close(self) -> None:
        self.closed = True


class FakeObserver:
    """An observer without student code: `accidents` says what happens to whom, and once each."""

    accidents: dict[str, list[Exception]]

    def __init__(self, process: FakeProcess, _limits: Limits) -> None:
        self.process = process

    def observe(self, submission: Submission, plan: Plan) -> Observation:
        if self.process.closed:
            raise SandboxError("it was closed")
        if self.accidents.get(submission.id):
            raise self.accidents[submission.id].pop()
        return Observation(submission=submission.id, origin=submission.origin, digest=submission.digest(), plan=plan)


@pytest.fixture
def accidents(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Exception]]:
    """What goes wrong while whom is observed; empty until a test fills it."""
    FakeProcess.made = 0
    FakeObserver.accidents = {}
    monkeypatch.setattr(batch, "SandboxObserver", FakeObserver)
    return FakeObserver.accidents


def grade_some(course: Course, top: Path, count: int = 3, on_row: Any = lambda _: None) -> Batch:
    for number in range(count):
        folder = top / "in" / f"s{number:03}"
        folder.mkdir(parents=True)
        (folder / "ex1.py").write_text("")
    found = find_batch(top / "in", top / "out")
    processes: Any = [FakeProcess(), FakeProcess()]
    stock = plan_batch(course, found, top / "out", CacheKeyParts.of(course))
    done = grade_batch(course, stock, top / "out", processes=processes, limits=Limits(), on_row=on_row)
    assert all(process.closed for process in processes)
    return done


def rows_on_disk(top: Path) -> list[str]:
    with (top / "out/gradebook.csv").open(encoding="utf-8", newline="") as file:
        return [row["submission"] for row in csv.DictReader(file)]


def test_an_unexpected_error_costs_its_own_submission(
    course: Course, accidents: dict[str, list[Exception]], tmp_path: Path
) -> None:
    accidents["s001"] = [ValueError("what is this")]
    done = grade_some(course, tmp_path)
    assert [row.status for row in done.rows] == ["graded", "unreadable", "graded"]
    assert [row.score for row in done.rows] == [0, 0, 0]
    assert [name for name, _ in done.faults] == ["s001"]
    assert "ValueError at test_faults.py" in done.faults[0][1]
    assert "no fault of its author" in (tmp_path / "out/s001/report.html").read_text("utf-8")


def test_a_lost_process_is_replaced_once_and_nobody_notices(
    course: Course, accidents: dict[str, list[Exception]], tmp_path: Path
) -> None:
    accidents["s001"] = [SandboxError("it is gone")]
    done = grade_some(course, tmp_path)
    assert ([row.status for row in done.rows], done.faults) == (["graded"] * 3, [])
    assert FakeProcess.made == 3


def test_a_submission_that_loses_two_processes_is_given_up(
    course: Course, accidents: dict[str, list[Exception]], tmp_path: Path
) -> None:
    accidents["s000"] = [SandboxError("it is gone again"), SandboxError("it is gone")]
    done = grade_some(course, tmp_path)
    assert [row.status for row in done.rows] == ["unreadable", "graded", "graded"]
    assert done.faults == [("s000", "it is gone again")]


def test_where_nothing_can_be_observed_the_batch_does_not_begin(
    course: Course, accidents: dict[str, list[Exception]], tmp_path: Path
) -> None:
    accidents["nobody"] = [SandboxError("torch is missing")]
    with pytest.raises(SandboxError, match="torch is missing"):
        grade_some(course, tmp_path)
    assert not (tmp_path / "out/gradebook.csv").exists()


@pytest.mark.usefixtures("accidents")
def test_an_observation_that_breaks_grading_costs_no_other(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def grade(course: Course, observations: Sequence[Observation]) -> Any:
        if any(o.submission == "s002" and o.problem is None for o in observations):
            raise ZeroDivisionError("a rule divided")
        return really_grade(course, observations)

    monkeypatch.setattr(chunk, "grade", grade)
    done = grade_some(course, tmp_path, 4)
    assert [row.status for row in done.rows] == ["graded", "graded", "unreadable", "graded"]
    assert [name for name, _ in done.faults] == ["s002"]


@pytest.mark.usefixtures("accidents")
def test_a_course_that_is_not_sound_ends_the_batch(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def grade(*_: object) -> Any:
        raise CourseError("a grader is broken")

    monkeypatch.setattr(chunk, "grade", grade)
    with pytest.raises(CourseError, match="a grader is broken"):
        grade_some(course, tmp_path)


@pytest.mark.usefixtures("accidents")
def test_a_report_that_cant_be_written_costs_no_row(course: Course, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/s001").write_text("in the way")
    done = grade_some(course, tmp_path)
    assert rows_on_disk(tmp_path) == ["s000", "s001", "s002"]
    assert [name for name, _ in done.faults] == ["s001"]


@pytest.mark.usefixtures("accidents")
def test_ctrl_c_keeps_what_is_done(course: Course, tmp_path: Path) -> None:
    rows = []

    def interrupt(row: Any) -> None:
        rows.append(row.submission)
        if len(rows) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade_some(course, tmp_path, 40, interrupt)
    assert rows_on_disk(tmp_path) == sorted(rows)


@pytest.mark.usefixtures("accidents")
def test_observers_do_not_run_ahead_of_grading(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead, most, counting = 0, 0, threading.Lock()
    really_observe = FakeObserver.observe

    def observe(self: FakeObserver, submission: Submission, plan: Plan) -> Observation:
        nonlocal ahead, most
        with counting:
            ahead += 1
            most = max(most, ahead)
        return really_observe(self, submission, plan)

    def graded(_row: Any) -> None:
        nonlocal ahead
        with counting:
            ahead -= 1

    monkeypatch.setattr(FakeObserver, "observe", observe)
    done = grade_some(course, tmp_path, 150, graded)
    assert len(done.rows) == 150
    assert most <= 2 * chunk.CHUNK + 4


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

    monkeypatch.setattr("autograd_grader.course.default_course", fail)
    monkeypatch.setattr("sys.argv", ["grade", "init"])
    assert cli._run() == code
    told = capsys.readouterr().err.strip()
    assert told.startswith(words)
    assert "Traceback" not in told
    assert "\n" not in told
