"""The wheel works in an empty folder, and hands nobody the answers."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograd_grader.course import Course
from autograd_grader.course.new import skeleton_files

RUN = "import sys; sys.path.insert(0, sys.argv.pop(1)); from autograd_grader.cli import main; main()"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, course: Course) -> Path:
    """What the wheel puts into `site-packages`."""
    top = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(top), str(course.root)]
    subprocess.run(build, check=True, capture_output=True, timeout=100)
    (wheel,) = top.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(top / "site")
    return top / "site"


def test_it_carries_the_course_and_no_answers(installed: Path, course: Course) -> None:
    inside = installed / "autograd_grader/_course"
    files = sorted(path.relative_to(inside).as_posix() for path in inside.rglob("*") if path.is_file())
    stubs = [f"exercises/{exercise.stub}" for exercise in course.exercises]
    graders = [f"graders/{path.name}" for path in course.graders.glob("*.py")]
    assert files == sorted(["exercises/course.toml", *stubs, *graders])


def test_it_carries_a_whole_course_to_begin_with(installed: Path) -> None:
    inside = installed / "autograd_grader/course/skeleton"
    files = {path.relative_to(inside).as_posix() for path in inside.rglob("*") if path.is_file()}
    assert files == set(skeleton_files())


def test_it_grades_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    for arguments, code in ((["init"], 0), ([], 1)):
        command = [sys.executable, "-I", "-c", RUN, str(installed), *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False)
        assert done.returncode == code, done.stderr
    (report,) = tmp_path.glob("reports/*/report.json")
    assert json.loads(report.read_text("utf-8"))["max_score"] == 40
