"""`grade regrade`: new graders and points over what was observed before, and nobody's code is run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import autograd_grader
from autograd_grader.batch.cache_key import CacheKeyParts
from autograd_grader.batch.plan import plan_batch
from autograd_grader.batch.regrade import Regraded, find_regradable, regrade
from autograd_grader.batch.run import grade_batch
from autograd_grader.cli.regrade import regrade as command
from autograd_grader.cli.reports import reports_in
from autograd_grader.course import Course
from autograd_grader.errors import UsageError
from autograd_grader.intake import find_submissions
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.host.worker import Worker
from autograd_grader.observe.observer import Limits
from autograd_grader.report import Row

from .conftest import Run, files, pending, store_of

PRINTED = '@check("It prints z.grad", points=1)'
HARDER = '@check("It prints z.grad", points=1.5)'
GRAPH = '@check("f is attached to the graph of z", points=1)'
EASIER = '@check("f is attached to the graph of z", points=0.5)'
SEVEN = '        Call(id="seven", function=FUNCTION, args=(7.0,)),\n'
SEVEN_CHECK = """

@check("z.grad is right for 7", points=0.25)
def test_seven(evidence: ExerciseEvidence) -> None:
    z, _ = leaf_and_result(evidence["seven"])
    agree(evidence["seven"], z.grad, 46.0, "z.grad")
"""


@pytest.fixture(scope="module")
def observed(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class of two: one all right, one that prints nothing."""
    top = tmp_path_factory.mktemp("class")
    for name in ("ada", "bob"):
        (top / "in" / name).mkdir(parents=True)
        for exercise in course.exercises:
            reference = course.graders / "answers" / exercise.id / "right" / "reference.py"
            text = reference.read_text("utf-8")
            silent = name == "bob" and exercise.id == "ex1"
            (top / "in" / name / exercise.stub).write_text(text.replace("print(", "str(") if silent else text)
    reports = reports_in(top / "out")
    reports.store.create()
    plan = plan_batch(course, find_submissions(top / "in"), reports.store, CacheKeyParts.of(course, timeout=10.0))
    with Worker() as worker:
        observers = [SandboxObserver(worker, Limits())]
        grade_batch(plan, reports, observers=observers, before_first=lambda: None, progress=Run(plan))
    return top


@pytest.fixture
def reports(observed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(observed / "out", tmp_path / "out"))


@pytest.fixture(autouse=True)
def no_code_is_run(observed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert observed

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(Worker, "__init__", refuse)


def edit(course: Course, *changes: tuple[str, str]) -> Course:
    path = course.graders / "test_ex1_single_variable.py"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return Course(course.root)


def scores(rows: list[Row]) -> dict[str, float]:
    return {row.submission: row.score for row in rows}


def again(course: Course, reports: Path, out: Path | None = None) -> Regraded:
    names, _ = find_regradable(store_of(reports))
    return regrade(course, store_of(reports), reports_in(out or reports), names)


def test_with_the_same_course_nothing_changes(course: Course, reports: Path) -> None:
    before = files(reports)
    done = again(course, reports)
    assert (done.count, done.changes, done.run_again) == (2, [], [])
    assert files(reports) == before


def test_new_points_are_applied_and_the_change_is_told(own_course: Course, reports: Path) -> None:
    done = again(edit(own_course, (PRINTED, HARDER), (GRAPH, EASIER)), reports)
    assert scores(done.rows) == {"ada": 38.0, "bob": 36.5}
    assert done.changes == [("bob", 37.0, 36.5)]
    assert "bob,8.5" in (reports / "gradebook.csv").read_text("utf-8")


def test_a_batch_afterwards_keeps_what_was_regraded(own_course: Course, observed: Path, reports: Path) -> None:
    changed = edit(own_course, (PRINTED, HARDER), (GRAPH, EASIER))
    again(changed, reports)
    found = find_submissions(observed / "in")
    assert pending(plan_batch(changed, found, store_of(reports), CacheKeyParts.of(changed, timeout=10.0))) == []


def test_a_call_that_was_not_made_must_be_made_and_the_reports_stay(own_course: Course, reports: Path) -> None:
    before = files(reports)
    other = edit(
        own_course,
        ('"again", function=FUNCTION, args=(5.0,)),\n', '"again", function=FUNCTION, args=(5.0,)),\n' + SEVEN),
    )
    done = again(other, reports)
    assert [name for name, _ in done.run_again] == ["ada", "bob"]
    assert "ex1's call `seven`, single_variable(7), was not observed" in done.run_again[0][1]
    assert files(reports) == before


def test_one_whose_observation_is_lost_is_named_and_the_others_are_graded(own_course: Course, reports: Path) -> None:
    (reports / "ada/observation.json.gz").write_bytes(b"\x1f\x8b half")
    before = files(reports / "ada")
    done = again(edit(own_course, (PRINTED, HARDER), (GRAPH, EASIER)), reports)
    assert ([name for name, _ in done.run_again], done.count) == (["ada"], 1)
    assert files(reports / "ada") == before
    assert scores(done.rows) == {"ada": 38.0, "bob": 36.5}


def test_into_another_folder_the_first_stays_and_the_second_is_whole(own_course: Course, reports: Path) -> None:
    before = files(reports)
    out = reports.with_name("new")
    out.mkdir()
    again(edit(own_course, (PRINTED, HARDER), (GRAPH, EASIER)), reports, out)
    assert files(reports) == before
    assert files(out).keys() == before.keys()
    assert store_of(out).observation("bob") == store_of(reports).observation("bob")


def test_what_the_gradebook_does_not_name_is_left_alone(course: Course, reports: Path) -> None:
    shutil.copytree(reports / "ada", reports / "gone")
    assert find_regradable(store_of(reports)) == (["ada", "bob"], ["gone"])
    (reports / "gradebook.csv").unlink()
    assert find_regradable(store_of(reports)) == (["ada", "bob", "gone"], [])
    assert course


def test_a_folder_without_reports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no reports"):
        find_regradable(store_of(tmp_path))
    with pytest.raises(UsageError, match="can't be listed"):
        find_regradable(store_of(tmp_path / "nowhere"))


def test_the_command_says_how_many_and_what_is_left(reports: Path) -> None:
    runner = CliRunner()
    done = runner.invoke(command, [str(reports)], standalone_mode=False)
    assert (done.return_value, done.exception) == (0, None)
    assert "2 graded now, 0 kept as they were; no score changed." in done.output
    (reports / "bob/observation.json.gz").unlink()
    done = runner.invoke(command, [str(reports)], standalone_mode=False)
    assert done.return_value == 1
    assert "bob: no observation of it can be read" in done.output


@pytest.fixture
def checkout(own_course: Course) -> Course:
    """A checkout of its own, whose program takes its course from it."""
    shutil.copytree(Path(autograd_grader.__file__).parent, own_course.root / "src" / "autograd_grader")
    return own_course


def grade(checkout: Course, *arguments: str | Path) -> tuple[int, list[str]]:
    """Run the command of a checkout, and give its exit code and what it says."""
    done = subprocess.run(
        [sys.executable, "-c", "from autograd_grader.cli import main; main()", *arguments],
        env=os.environ | {"PYTHONPATH": str(checkout.root / "src")},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def test_from_outside_points_a_check_and_a_call_are_changed_in_turn(
    checkout: Course, observed: Path, reports: Path
) -> None:
    work, out = observed / "in", reports
    edit(checkout, (PRINTED, HARDER), (GRAPH, EASIER))
    told = "2 graded now, 0 kept as they were; 1 score changed: bob 37 → 36.5."
    assert grade(checkout, "regrade", out) == (0, [told, f"Gradebook: {out / 'gradebook.csv'}"])

    # A check that nobody's graph passes.
    edit(
        checkout,
        ('"f has no graph behind it")', '"f has no graph behind it")\n        expect(f.grad_fn == "X", "no X")'),
    )
    told = "2 graded now, 0 kept as they were; 2 scores changed: ada 38 → 37.5, bob 36.5 → 36."
    assert grade(checkout, "regrade", out) == (0, [told, f"Gradebook: {out / 'gradebook.csv'}"])

    before = files(out)
    edit(
        checkout,
        ('"again", function=FUNCTION, args=(5.0,)),\n', '"again", function=FUNCTION, args=(5.0,)),\n' + SEVEN),
        ('"Called again, it gives the same", points=0.5', '"Called again, it gives the same", points=0.25'),
    )
    with (checkout.graders / "test_ex1_single_variable.py").open("a", encoding="utf-8") as file:
        file.write(SEVEN_CHECK)
    code, words = grade(checkout, "regrade", out)
    assert (code, words[0]) == (1, "0 graded now, 2 kept as they were; no score changed.")
    assert "  ada, bob: ex1's call `seven`, single_variable(7), was not observed" in words
    assert files(out) == before

    code, words = grade(checkout, "batch", work, "--out", out)
    assert (code, words[1]) == (0, "2 graded now, 0 kept as they were; no score changed.")


def test_whoever_has_no_reports_left_keeps_a_row_and_is_named(course: Course, reports: Path, tmp_path: Path) -> None:
    before = (reports / "gradebook.csv").read_text("utf-8")
    shutil.rmtree(reports / "bob")
    for out in (tmp_path / "elsewhere", reports):
        out.mkdir(exist_ok=True)
        assert again(course, reports, out).run_again == [("bob", "its reports are gone")]
        assert (out / "gradebook.csv").read_text("utf-8") == before
        assert not (out / "bob").exists()
