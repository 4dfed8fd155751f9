"""`grade` and `grade init`, as a student meets them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograd_grader.course import Course

from .conftest import Run


def test_a_student_begins_with_exercise_1(run: Run, tmp_path: Path, course: Course) -> None:
    begun = run("init", "exercises", cwd=tmp_path)
    assert begun.returncode == 0
    assert sorted(p.name for p in (tmp_path / "exercises").iterdir()) == [e.stub for e in course.exercises]
    graded = run(cwd=tmp_path)  # no path: the `exercises` below, since there is nothing else to grade here
    assert graded.returncode == 1, graded.stderr
    assert "0 of 40 points" in graded.stdout
    assert "exercise 1, " in graded.stdout.lower()
    assert (tmp_path / "reports/exercises/report.html").is_file()


def test_every_automatic_point_exits_0(run: Run, right: Path, tmp_path: Path) -> None:
    done = run(str(right), "--out", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out/right/report.json").read_text("utf-8"))
    assert (report["score"], report["awaiting_review"]) == (38.0, 2.0)
    assert {"flags", "seed"}.isdisjoint(report)


def test_files_named_like_modules_never_take_their_place(run: Run, right: Path, tmp_path: Path) -> None:
    work = shutil.copytree(right, tmp_path / "work")
    names = ("torch", "json", "pytest", "conftest", "sitecustomize", "click", "pydantic", "autograd_grader", "typing")
    for name in names:
        (work / f"{name}.py").write_text(
            f"open({str(tmp_path / 'taken')!r}, 'a').write({name!r})\nraise SystemExit(9)\n"
        )
    (work / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    done = run("--out", "../out", cwd=work, PYTEST_ADDOPTS="--no-such-option")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "taken").exists()


def test_work_that_cant_be_read_is_missing_points_not_misuse(run: Run, tmp_path: Path) -> None:
    (tmp_path / "work.zip").write_bytes(b"PK nonsense")
    done = run("work.zip", cwd=tmp_path)
    assert done.returncode == 1
    assert "could not be read" in done.stdout
    assert json.loads((tmp_path / "reports/work/report.json").read_text("utf-8"))["status"] == "unreadable"


def test_init_never_overwrites(run: Run, tmp_path: Path, course: Course) -> None:
    mine = tmp_path / course.exercises[1].stub
    mine.write_text("# mine\n")
    done = run("init", cwd=tmp_path)
    assert done.returncode == 0
    assert mine.read_text() == "# mine\n"
    assert f"kept  {mine.name}" in done.stdout
    for exercise in course.exercises:
        assert exercise.stub in done.stdout
        if exercise is not course.exercises[1]:
            assert (tmp_path / exercise.stub).read_text("utf-8") == course.stub_text(exercise)


def test_a_folder_named_like_a_command_is_graded_by_its_path(run: Run, tmp_path: Path) -> None:
    (tmp_path / "init").mkdir()
    assert run("./init", cwd=tmp_path).returncode == 1
    assert (tmp_path / "reports/init/report.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("nowhere", "nowhere does not exist; name the folder or file to grade"),
        ("--colour", "no such option '--colour'"),
        ("one two", "extra argument"),
        ("--timeout 0", "seconds above 0"),
        ("--timeout nan", "seconds above 0"),
        ("--timeout inf .", "seconds above 0"),
        ("--timeout soon", "not a valid float"),
        ("--out file.txt", "file.txt is a file"),
        ("--out file.txt/inner", "is a file or lies in one"),
        ("init file.txt", "file.txt is a file"),
        ("batch", "missing argument 'SUBMISSIONS' (see `grade batch --help`)"),
        ("batch work", "missing option '--out'"),
        ("batch nowhere --out out", "nowhere does not exist"),
        ("batch file.txt --out out", "file.txt is not a folder"),
        ("batch empty --out out", "holds no submissions"),
        ("batch work --out work", "name another folder for the reports"),
        ("batch work --out file.txt", "file.txt is a file"),
        ("batch work --out out --jobs 0", "--jobs"),
        ("batch work --out out --timeout -1", "seconds above 0"),
    ],
)
def test_misuse_is_one_line_that_says_how_to_mend_it(run: Run, tmp_path: Path, arguments: str, words: str) -> None:
    (tmp_path / "file.txt").write_text("not a folder\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "work/one").mkdir(parents=True)
    done = run(*arguments.split(), cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("grade: ")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["empty", "file.txt", "work"]


def test_help_shows_a_newcomer_the_first_commands(run: Run, tmp_path: Path) -> None:
    shown = run("--help", cwd=tmp_path)
    assert shown.returncode == 0
    for words in ("grade init", "grade notebook.ipynb", "grade batch", "Exit codes", "--timeout", "--version"):
        assert words in shown.stdout


def test_a_terminal_without_unicode_gets_what_it_can_show(run: Run, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    done = run("work", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode == 1, done.stderr


def test_python_runs_it_as_a_module_that_imports_nothing_of_the_working_folder(right: Path, tmp_path: Path) -> None:
    work = shutil.copytree(right, tmp_path / "work")
    (work / "click.py").write_text("raise SystemExit(9)\n")
    command = [sys.executable, "-I", "-m", "autograd_grader"]
    for arguments, code, words in (
        (["--version"], 0, "autograd-grader "),
        (["--colour"], 2, "grade: no such option '--colour'"),
        (["--out", "../out"], 0, "38 of 40 points"),
    ):
        done = subprocess.run(
            [*command, *arguments], cwd=work, capture_output=True, text=True, timeout=100, check=False
        )
        assert done.returncode == code, done.stderr
        assert words in done.stdout + done.stderr
    assert (tmp_path / "out/work/report.html").is_file()


def test_another_course_is_named_by_an_option(run: Run, tmp_path: Path, own_course: Course) -> None:
    manifest = own_course.stubs / "course.toml"
    manifest.write_text(re.sub(r'(?m)^title = ".*"', 'title = "My own course"', manifest.read_text("utf-8"), count=1))
    assert run("init", "work", "--course", str(own_course.root), cwd=tmp_path).returncode == 0
    done = run("work", "--course", str(own_course.root), cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "My own course" in (tmp_path / "reports/work/report.html").read_text("utf-8")
    missing = run("work", "--course", "nowhere", cwd=tmp_path)
    assert (missing.returncode, missing.stderr.count("\n")) == (2, 1)
