"""`grade course new` writes a course that is sound as it is; the page for authors is tried word for word."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograd_grader.course import Course, Draw, Exercise
from autograd_grader.course.manifest import COLUMNS
from autograd_grader.course.new import skeleton_files
from autograd_grader.course.target import FORMS

BIN = Path(sys.executable).parent
COMMAND = BIN / "grade"
_BLOCK = re.compile(
    r"(?P<verb>[Ww]rite|Add to)\s+`(?P<path>[^`]+)`:\n\n```\w+\n(?P<text>.*?)```|```sh\n(?P<commands>.*?)```", re.DOTALL
)


def shell(commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}", "COLUMNS": "100"}
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_it_never_overwrites_a_file_and_says_what_to_do_next(tmp_path: Path) -> None:
    mine = tmp_path / "mine" / "graders" / "test_step.py"
    mine.parent.mkdir(parents=True)
    mine.write_text("# mine", "utf-8")
    done = subprocess.run([COMMAND, "course", "new", tmp_path / "mine"], capture_output=True, text=True, check=True)
    assert mine.read_text("utf-8") == "# mine"
    assert f"kept  {mine}, which was there already" in done.stdout
    assert f"run `grade course check {tmp_path / 'mine'}`" in done.stdout.splitlines()[-1]
    written = {p.relative_to(tmp_path / "mine").as_posix() for p in (tmp_path / "mine").rglob("*") if p.is_file()}
    assert written == set(skeleton_files())


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    done = subprocess.run([COMMAND, "course", "new", tmp_path / "taken"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == f"grade: {tmp_path / 'taken'} is a file or lies in one; name another folder\n"


def tried_out(line: str, folder: Path) -> str:
    done = shell(line, folder)
    points_are_missing = line.startswith("grade work ")  # the stubs, as the page says
    assert done.returncode == int(points_are_missing), done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def tried(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which every file and command of `docs/courses.md` was tried, in order."""
    folder = tmp_path_factory.mktemp("author")
    for block in _BLOCK.finditer((course.root / "docs" / "courses.md").read_text("utf-8")):
        if block["commands"]:
            output = "".join(tried_out(line, folder) for line in block["commands"].splitlines())
        else:
            path, added = folder / block["path"], block["verb"] == "Add to"
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a" if added else "x", encoding="utf-8") as file:
                file.write(f"\n\n{block['text']}" if added else block["text"])
            output = ""
        with (folder / "output.txt").open("a", encoding="utf-8") as file:
            file.write(output)
    return folder


def test_every_file_and_command_of_the_page_for_authors_works(tried: Path) -> None:
    output = (tried / "output.txt").read_text("utf-8")
    assert output.count("The graders are sound.") == 2
    assert "| `sum-for-mean` |" in output
    gradebook = (tried / "reports" / "gradebook.csv").read_text("utf-8").splitlines()
    assert gradebook[0] == "submission,step,slope,loss,score,max_score,awaiting_review,status"
    assert gradebook[1] == "first-student,0,0,0,0,13,0,graded"


def test_the_package_of_that_page_is_found_by_its_name(tried: Path) -> None:
    build: list[str | Path] = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        tried / "dist",
        tried,
    ]
    subprocess.run(build, check=True, capture_output=True, timeout=100)
    (wheel,) = (tried / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tried / "site")
    # From another folder: what the working folder holds is never imported.
    (tried / "elsewhere").mkdir()
    done = shell("PYTHONPATH=../site grade course diagnoses downhill", tried / "elsewhere")
    assert "| `sum-for-mean` |" in done.stdout, done.stderr


def test_every_method_of_a_draw_and_every_key_stands_in_the_page(course: Course) -> None:
    page = (course.root / "docs" / "courses.md").read_text("utf-8")
    draws = [name for name in vars(Draw) if not name.startswith("_")]
    assert [name for name in (*Exercise.model_fields, *FORMS, *COLUMNS, *draws) if f"`{name}" not in page] == []
