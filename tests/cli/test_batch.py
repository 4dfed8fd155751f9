"""`grade batch`, as a teaching assistant meets it: one run over a small class with the usual accidents in it."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from autograd_grader.cli.reports import reports_in

from .conftest import Run

TIMEOUT = 1.0
ENDLESS = "def single_variable(z0=5.0):\n    while True:\n        pass\n"
HOSTILE = "=1+1 <script>alert(1) \x1b[31m"


class Graded(NamedTuple):
    done: subprocess.CompletedProcess[str]
    out: Path
    rows: list[dict[str, str]]

    def row(self, name: str) -> dict[str, str]:
        return next(row for row in self.rows if row["submission"] == name)


@pytest.fixture(scope="session")
def graded(run: Run, right: Path, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    top = tmp_path_factory.mktemp("class")
    work = top / "submissions"
    shutil.copytree(right, work / "zoe")
    shutil.copytree(right, work / "ada")
    shutil.copytree(right, work / HOSTILE)
    (work / "ada.py").write_text(ENDLESS)
    (work / "broken.zip").write_bytes(b"PK nonsense")
    (work / "empty").mkdir()
    (work / "loop").symlink_to("loop")
    (work / "reports/zoe").mkdir(parents=True)  # as an earlier batch left it
    done = run("batch", "submissions", "--out", "submissions/reports", "--timeout", str(TIMEOUT), cwd=top)
    out = work / "reports"
    with (out / "gradebook.csv").open(encoding="utf-8", newline="") as file:
        return Graded(done, out, list(csv.DictReader(file)))


def test_it_exits_0_whatever_the_scores(graded: Graded) -> None:
    assert graded.done.returncode == 0, graded.done.stderr
    assert graded.done.stderr == ""


def test_nobody_is_missing_and_the_order_is_that_of_the_ids(graded: Graded) -> None:
    names = [row["submission"].removeprefix("'") for row in graded.rows]
    assert len(names) == 7
    assert names == sorted(names)
    assert {"zoe", "ada", "ada-2", "broken", "empty", "loop"} < set(names)


def test_the_reports_are_no_submission(graded: Graded) -> None:
    assert "reports" not in {row["submission"] for row in graded.rows}


def test_right_work_has_its_points(graded: Graded) -> None:
    assert graded.row("zoe") == {
        "submission": "zoe", "ex1": "10", "ex2": "10", "ex3": "8", "ex4": "10",
        "score": "38", "max_score": "40", "awaiting_review": "2", "status": "graded",
    }  # fmt: skip


def test_an_endless_call_costs_its_own_submission_and_its_own_time(graded: Graded) -> None:
    assert (graded.row("ada-2")["score"], graded.row("ada-2")["status"]) == ("0", "partial")
    assert graded.row("ada")["score"] == "38"
    assert [timed_out(graded, name) for name in ("ada-2", "ada", "zoe")] == [5, 0, 0]


def timed_out(graded: Graded, name: str) -> int:
    """How many of a submission's calls did not end in time."""
    stored = reports_in(graded.out).store.observation(name)
    assert stored is not None
    return [call.outcome for call in stored.observation.calls].count("timed-out")


def test_what_cant_be_read_is_there_without_points(graded: Graded) -> None:
    for name in ("broken", "empty", "loop"):
        assert (graded.row(name)["score"], graded.row(name)["status"]) == ("0", "unreadable")


def test_each_row_has_its_reports(graded: Graded) -> None:
    for row in graded.rows:
        folder = graded.out / row["submission"].removeprefix("'")
        assert json.loads((folder / "report.json").read_text("utf-8"))["score"] == float(row["score"])
        assert (folder / "report.html").is_file()


def test_a_hostile_name_acts_nowhere(graded: Graded) -> None:
    assert "<script>" not in (graded.out / "index.html").read_text("utf-8")
    assert "\x1b" not in graded.done.stdout + (graded.out / "gradebook.csv").read_text("utf-8")
    assert not any(row["submission"].startswith(("=", "+", "-", "@")) for row in graded.rows)


def test_the_last_words_say_what_came_of_it_and_where_it_lies(graded: Graded) -> None:
    words = graded.done.stdout
    assert "7 submissions in" in words
    assert "3 graded, 1 partial, 3 unreadable, 3 awaiting review" in words
    assert str(Path("submissions/reports/index.html")) in words


@pytest.mark.parametrize(
    "command", [["batch", "submissions", "--out", ""], ["batch", "", "--out", "x"], ["", "--out", "x"], ["regrade", ""]]
)
def test_an_empty_path_is_refused_and_not_taken_for_the_current_folder(
    command: list[str], run: Run, tmp_path: Path
) -> None:
    done = run(*command, cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "empty" in done.stderr
    assert list(tmp_path.iterdir()) == []
