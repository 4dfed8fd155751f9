"""A batch remembers its course, so that the next `grade batch` and `grade regrade` find it without the option."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autograd_grader import cli
from autograd_grader.course import Course

Command = Callable[..., tuple[int, str, str]]

MANIFEST = """
title = "Slopes by hand"

[[exercises]]
id = "slope"
title = "A slope"
stub = "ex4_verify_by_hand.py"
functions = ["verify_by_hand"]
grader = "test_ex4_verify_by_hand.py"
points = 10
"""

pytestmark = pytest.mark.usefixtures("blind_command")


@pytest.fixture
def slopes(own_course: Course) -> Path:
    """A course with one exercise of another id, and another title."""
    (own_course.stubs / "course.toml").write_text(MANIFEST, "utf-8")
    return own_course.root


@pytest.fixture
def command(top: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `grade` beside the class, and gives its exit code and what it says."""
    monkeypatch.chdir(top)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["grade", *arguments])
        code = cli._run()
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def columns(out: Path) -> str:
    return (out / "gradebook.csv").read_text("utf-8").partition("\n")[0]


SLOPES = "submission,slope,score,max_score,awaiting_review,status"
BUILT_IN = "submission,ex1,ex2,ex3,ex4,score,max_score,awaiting_review,status"


def test_columns_titles_and_points_are_those_of_the_course(slopes: Path, command: Command, top: Path) -> None:
    assert command("batch", "in", "--out", "out", "--course", str(slopes))[0] == 0
    assert columns(top / "out") == SLOPES
    report = json.loads((top / "out/ada/report.json").read_text("utf-8"))
    assert (report["course"], report["max_score"]) == ("Slopes by hand", 10.0)
    for page in ("index.html", "ada/report.html"):
        assert "Slopes by hand" in (top / "out" / page).read_text("utf-8")


def test_a_second_batch_and_a_regrade_find_it_from_any_folder(
    slopes: Path, command: Command, top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(slopes.parent)
    assert command("batch", str(top / "in"), "--out", str(top / "out"), "--course", f"./{slopes.name}")[0] == 0
    monkeypatch.chdir(top)
    assert "0 graded now, 4 kept" in command("batch", "in", "--out", "out")[1]
    code, told, _ = command("regrade", "out")
    assert (code, "4 graded now, 0 kept" in told) == (0, True)
    assert columns(top / "out") == SLOPES


def test_a_regrade_into_another_folder_takes_it_along(slopes: Path, command: Command, top: Path) -> None:
    command("batch", "in", "--out", "out", "--course", str(slopes))
    assert command("regrade", "out", "--out", "new")[0] == 0
    assert (top / "new/batch.json").read_bytes() == (top / "out/batch.json").read_bytes()
    assert command("regrade", "new")[0] == 0
    assert columns(top / "new") == SLOPES


def test_one_that_is_gone_is_said_in_a_line_and_given_anew(slopes: Path, command: Command) -> None:
    command("batch", "in", "--out", "out", "--course", str(slopes))
    moved = slopes.rename(slopes.with_name("moved"))
    for arguments in (["batch", "in", "--out", "out"], ["regrade", "out"]):
        code, _, complaint = command(*arguments)
        assert (code, complaint.count("\n")) == (2, 1)
        assert str(slopes) in complaint
        assert "is gone" in complaint
        assert "give `--course` with its folder" in complaint
    assert "4 kept" in command("batch", "in", "--out", "out", "--course", str(moved))[1]
    assert command("regrade", "out")[0] == 0


def test_another_one_that_is_given_wins_and_is_remembered(slopes: Path, command: Command, top: Path) -> None:
    command("batch", "in", "--out", "out")
    assert columns(top / "out") == BUILT_IN
    assert "4 graded now" in command("batch", "in", "--out", "out", "--course", str(slopes))[1]
    assert "4 kept" in command("batch", "in", "--out", "out")[1]
    assert columns(top / "out") == SLOPES


def test_a_regrade_with_a_course_that_asks_for_other_calls_leaves_all_as_it_is(
    slopes: Path, command: Command, top: Path
) -> None:
    command("batch", "in", "--out", "out")
    before = (top / "out/gradebook.csv").read_bytes(), (top / "out/batch.json").read_bytes()
    code, told, _ = command("regrade", "out", "--course", str(slopes))
    assert (code, "slope was not observed" in told) == (1, True)
    assert before == ((top / "out/gradebook.csv").read_bytes(), (top / "out/batch.json").read_bytes())
