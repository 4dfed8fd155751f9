"""A second batch into the same folder grades what changed, and only that."""

from __future__ import annotations

import os
import platform
import shutil
from collections import Counter
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autograd_grader.batch import cache_key as key
from autograd_grader.batch import plan as batch_plan
from autograd_grader.cli.batch import batch as command
from autograd_grader.course import Course
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission

from .conftest import BlindObserver, Grade, files, graded, store_of

ALL = ["ada", "bob", "cy", "dee"]


def test_what_is_done_is_kept_byte_for_byte(course: Course, grade_class: Grade, top: Path) -> None:
    assert graded(grade_class(course)) == ALL
    before = files(top / "out")
    done = grade_class(course)
    assert graded(done) == []
    assert [row.submission for row in done.batch.rows] == ALL
    assert files(top / "out") == before


def test_force_grades_all(course: Course, grade_class: Grade) -> None:
    grade_class(course)
    assert graded(grade_class(course, force=True)) == ALL


def test_a_changed_source_is_graded_anew(course: Course, grade_class: Grade, top: Path) -> None:
    grade_class(course)
    (top / "in/bob/work.py").write_text("name = 'other'\n")
    assert graded(grade_class(course)) == ["bob"]


def test_a_new_submission_is_graded_and_one_that_is_gone_leaves_its_folder(
    course: Course, grade_class: Grade, top: Path
) -> None:
    grade_class(course)
    shutil.move(top / "in/ada", top / "in/eve")
    done = grade_class(course)
    assert graded(done) == ["eve"]
    assert done.plan.orphans == ("ada",)
    assert (top / "out/ada/report.json").is_file()
    assert "\nada," not in (top / "out/gradebook.csv").read_text("utf-8")


def test_an_unreadable_one_is_kept_until_something_else_is_handed_in(
    course: Course, grade_class: Grade, top: Path
) -> None:
    grade_class(course)
    (top / "in/dee.zip").write_bytes(b"PK\5\6" + bytes(18))  # a sound archive with nothing in it
    assert graded(grade_class(course)) == ["dee"]
    assert graded(grade_class(course)) == []


@pytest.mark.parametrize(("path", "name"), [("in/dee.zip", "dee"), ("in/eve/work.zip", "eve")])
def test_one_that_is_broken_in_another_way_is_another(
    path: str, name: str, course: Course, grade_class: Grade, top: Path
) -> None:
    broken = top / path
    broken.parent.mkdir(exist_ok=True)
    broken.write_bytes(b"PK nonsense")
    grade_class(course)
    broken.write_bytes(b"PK mischief")
    assert graded(grade_class(course)) == [name]
    assert graded(grade_class(course)) == []


@pytest.mark.skipif(os.name != "posix", reason="POSIX's kinds of files")
def test_what_is_no_file_is_kept_and_never_opened(course: Course, grade_class: Grade, top: Path) -> None:
    os.mkfifo(top / "in/fifo.py")
    (top / "in/pipes").mkdir()
    os.mkfifo(top / "in/pipes/work.py")
    (top / "in/loop").symlink_to("loop")
    assert graded(grade_class(course)) == [*ALL, "fifo", "loop", "pipes"]
    assert graded(grade_class(course)) == []
    (top / "in/loop").unlink()
    (top / "in/loop").symlink_to("fifo.py")
    assert graded(grade_class(course)) == ["loop"]


def test_a_copy_with_other_times_is_the_same_work(course: Course, grade_class: Grade, top: Path) -> None:
    grade_class(course)
    os.utime(top / "in/ada/work.py", (1, 1))
    assert graded(grade_class(course)) == []


def test_times_count_where_they_decide_which_definition_is_taken(course: Course, grade_class: Grade, top: Path) -> None:
    for name, time in (("a.py", 10), ("b.py", 20)):
        (top / "in/ada" / name).write_text("def single_variable(z0): ...\n")
        os.utime(top / "in/ada" / name, (time, time))
    grade_class(course)
    os.utime(top / "in/ada/a.py", (30, 30))
    assert graded(grade_class(course)) == ["ada"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("exercises/ex1_single_variable.py", "def ", "# another stub\n\n\ndef "),
        ("exercises/course.toml", "title = ", "# reworded\ntitle = "),
        ("graders/test_ex1_single_variable.py", "The gradient is autograd's own", "Autograd made the gradient"),
        ("graders/test_ex1_single_variable.py", 'at z = 5", points=1)', 'at z = 5", points=1.0)'),
    ],
)
def test_a_changed_course_grades_all_anew(
    file: str, old: str, new: str, own_course: Course, grade_class: Grade
) -> None:
    grade_class(own_course)
    path = own_course.root / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert graded(grade_class(Course(own_course.root))) == ALL


def test_another_version_of_the_program_grades_all_anew(
    course: Course, grade_class: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade_class(course)
    monkeypatch.setattr(key, "engine", lambda: "0.2.0+0")
    assert graded(grade_class(course)) == ALL


def test_the_engine_s_own_files_are_part_of_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rule.py").write_text("1")
    monkeypatch.setattr(key, "_PACKAGE", tmp_path)
    first = key.engine.__wrapped__()
    (tmp_path / "rule.py").write_text("2")
    assert key.engine.__wrapped__() != first


def test_another_torch_grades_all_anew(course: Course, grade_class: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    grade_class(course)
    monkeypatch.setattr(metadata, "version", lambda _: "99.0")
    assert graded(grade_class(course)) == ALL


def test_another_python_grades_all_anew(course: Course, grade_class: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    grade_class(course)
    monkeypatch.setattr(platform, "python_version", lambda: "4.0")
    assert graded(grade_class(course)) == ALL


def test_another_time_out_grades_all_anew(course: Course, grade_class: Grade) -> None:
    grade_class(course)
    assert graded(grade_class(course, timeout=3.0)) == ALL


def test_another_sandbox_grades_all_anew(course: Course, grade_class: Grade) -> None:
    grade_class(course)
    assert graded(grade_class(course, sandbox="basic")) == ALL


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--timeout", "3"], "4 graded now, 0 kept"),
        (["--sandbox", "basic"], "4 graded now, 0 kept"),
        (["--force"], "4 graded now, 0 kept"),
        (["--jobs", "2"], "0 graded now, 4 kept"),
        (["--timeout", "10", "--sandbox", "strict"], "0 graded now, 4 kept"),
    ],
)
@pytest.mark.usefixtures("blind_command")
def test_the_command_grades_anew_where_an_option_that_matters_is_another(
    options: list[str], told: str, top: Path
) -> None:
    def run(*more: str) -> str:
        done = CliRunner().invoke(command, [str(top / "in"), "--out", str(top / "out"), *more], standalone_mode=False)
        assert (done.return_value, done.exception) == (0, None)
        return done.output

    assert "4 graded now, 0 kept" in run()
    assert told in run(*options)


def test_another_way_to_choose_the_seed_grades_all_anew(
    course: Course, grade_class: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade_class(course)
    really = Course.plan

    def plan(self: Course, submission: Submission, seed: str | None = None) -> Plan:
        return really(self, submission, seed or f"new-{submission.id}")

    monkeypatch.setattr(Course, "plan", plan)
    assert graded(grade_class(course)) == ALL


@pytest.mark.parametrize("name", ["report.json", "report.html", "observation.json.gz"])
@pytest.mark.parametrize("damage", ["missing", "empty"])
def test_a_lost_or_empty_file_is_made_again(
    name: str, damage: str, course: Course, grade_class: Grade, top: Path
) -> None:
    grade_class(course)
    before = files(top / "out")
    path = top / "out/bob" / name
    path.unlink()
    if damage == "empty":
        path.touch()
    assert graded(grade_class(course)) == ["bob"]
    assert files(top / "out") == before


def test_what_is_no_report_of_ours_is_graded_anew(course: Course, grade_class: Grade, top: Path) -> None:
    grade_class(course)
    path = top / "out/bob/report.json"
    path.write_text(path.read_text().replace('"graded"', '"splendid"'))
    assert graded(grade_class(course)) == ["bob"]


def test_whose_score_changed_is_told_even_after_a_run_that_was_killed(
    course: Course, grade_class: Grade, top: Path
) -> None:
    grade_class(course)
    book = top / "out/gradebook.csv"
    book.write_text(book.read_text().replace("bob,0,0,0,0,0", "bob,0,0,0,0,12.5"))
    (top / "out/bob/report.json").unlink()  # as where it ended between the two
    assert grade_class(course).batch.changes == [("bob", 12.5, 0.0)]


def test_temporary_files_of_a_killed_run_are_taken_away(course: Course, grade_class: Grade, top: Path) -> None:
    grade_class(course)
    before = files(top / "out")
    for folder in ("out", "out/bob"):
        (top / folder / ".0123456789abcdef.tmp").write_text("half")
    grade_class(course)
    assert files(top / "out") == before


def test_an_observation_is_read_back_as_it_was(course: Course, grade_class: Grade, top: Path) -> None:
    grade_class(course)
    stored = store_of(top / "out").observation("bob")
    assert stored is not None
    assert stored.observation.submission == "bob"
    assert stored.packed() == (top / "out/bob/observation.json.gz").read_bytes()


def test_each_submission_is_read_planned_and_keyed_once_in_every_run(
    course: Course, grade_class: Grade, top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: Counter[str] = Counter()

    def count(owner: object, name: str, of: Callable[..., str]) -> None:
        really = getattr(owner, name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            counts[f"{name} {of(*args, **kwargs)}"] += 1
            return really(*args, **kwargs)

        monkeypatch.setattr(owner, name, counted)

    count(batch_plan, "read_submission", lambda *_, **more: more["id"])
    count(Course, "plan", lambda _, submission, **__: submission.id)
    count(key.CacheKeyParts, "key", lambda _, submission, __: submission.id)
    once = {f"{what} {who}": 1 for what in ("read_submission", "plan", "key") for who in ALL}
    for changed in ([], ["bob"], ["ada", "cy"]):
        for name in changed:
            (top / "in" / name / "work.py").write_text("name = 'other'\n")
        counts.clear()
        grade_class(course)
        del counts["plan nobody"]  # the trial of the sandbox
        assert counts == once


def test_where_nothing_changed_nothing_is_observed(course: Course, grade_class: Grade, observer: BlindObserver) -> None:
    grade_class(course)

    def refuse(_: object) -> None:
        raise AssertionError("something was observed")

    observer.before = refuse
    assert graded(grade_class(course)) == []
