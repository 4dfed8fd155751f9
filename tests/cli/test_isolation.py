"""No line of a submission runs in the judge, whatever `PYTHONPATH`, the working folder or a committed `.venv` say."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import COMMAND

if TYPE_CHECKING:
    from collections.abc import Sequence

SHADOWS = (
    "random", "signal", "typing", "__future__", "json", "types", "dataclasses", "click/__init__", "pydantic/__init__",
    "torch/__init__", "numpy", "pytest", "conftest", "IPython/__init__", "autograd_grader/__init__",
)  # fmt: skip
"""Files that would be imported in place of modules of Python's, of this program's or of its dependencies'."""
ENVIRONMENT = f".venv/lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def work(right: Path, tmp_path: Path) -> Path:
    """Right answers, and beside them files that write down that they were run, and by whom."""
    work = shutil.copytree(right, tmp_path / "class/ada")
    (work / ENVIRONMENT / "click").mkdir(parents=True)
    (work / ".venv/pyvenv.cfg").write_text("home = /usr/bin\n")
    spy = f"import os\nos.write(os.open({str(tmp_path / 'ran')!r}, 1089), (__file__ + '\\n').encode())\n"
    for name in (*SHADOWS, f"{ENVIRONMENT}/click/__init__", f"{ENVIRONMENT}/sitecustomize"):
        (work / f"{name}.py").parent.mkdir(parents=True, exist_ok=True)
        (work / f"{name}.py").write_text(spy + "raise SystemExit(9)\n")
    (work / ENVIRONMENT / "zz.pth").write_text(f"import os; {spy.splitlines()[1].replace('__file__', repr('pth'))}\n")
    return work


def ran(tmp_path: Path) -> list[str]:
    """The files of the submission that were run."""
    log = tmp_path / "ran"
    return log.read_text().splitlines() if log.exists() else []


def grade(
    command: Sequence[str | Path], *arguments: str | Path, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, *arguments], cwd=cwd, env=os.environ | environment, capture_output=True, text=True,
        timeout=100, check=False,
    )  # fmt: skip


SCRIPT = "import sys; sys.path.pop(0); from autograd_grader.cli import main; main()"
"""As the console script, whose folder comes first on the import path, but for the modules that pip's imports itself."""


@pytest.mark.parametrize("path", [".", "", "ada:.", f".:{ENVIRONMENT}", "absolute", "link"])
def test_nothing_on_pythonpath_in_the_working_folder_is_run(work: Path, tmp_path: Path, path: str) -> None:
    shutil.rmtree(work / "autograd_grader")  # whose program would be the student's own
    (work / ENVIRONMENT / "sitecustomize.py").unlink()  # which runs before any program, as the threat model says
    (tmp_path / "link").symlink_to(work)
    path = {"absolute": str(work), "link": str(tmp_path / "link")}.get(path, path)
    done = grade([sys.executable, "-c", SCRIPT], "--out", tmp_path / "out", cwd=work, PYTHONPATH=path)
    assert (done.returncode, ran(tmp_path)) == (0, []), done.stderr
    assert "38 of 40 points" in done.stdout


def test_nothing_on_pythonpath_in_what_is_graded_is_run(work: Path, tmp_path: Path) -> None:
    shutil.rmtree(work / "autograd_grader")
    for command in (["batch", "class", "--out", "out", "--sandbox", "basic"], ["class/ada", "--out", "own"]):
        done = grade([sys.executable, "-c", SCRIPT], *command, cwd=tmp_path, PYTHONPATH=str(work))
        assert (done.returncode, ran(tmp_path)) == (0, []), done.stderr


@pytest.mark.parametrize("isolated", [["-I"], ["-P"], []])
def test_as_a_module_it_runs_nothing_of_the_working_folder(work: Path, tmp_path: Path, isolated: list[str]) -> None:
    if not isolated:
        shutil.rmtree(work / "autograd_grader")  # which Python itself would run
        for name in SHADOWS:  # what `-m` imports before this program
            if name in {"__future__", "types", "typing", "signal"}:
                (work / f"{name}.py").unlink()
    command = [sys.executable, *isolated, "-m", "autograd_grader"]
    done = grade(command, "--out", tmp_path / "out", cwd=work)
    assert (done.returncode, ran(tmp_path)) == (0, []), done.stderr


def test_a_committed_environment_is_not_the_one_that_runs(work: Path, tmp_path: Path) -> None:
    done = grade([COMMAND], "--out", tmp_path / "out", cwd=work, VIRTUAL_ENV=str(work / ".venv"))
    assert (done.returncode, ran(tmp_path)) == (0, []), done.stderr


def test_the_environment_that_it_runs_from_may_lie_in_the_working_folder(right: Path, tmp_path: Path) -> None:
    clone = shutil.copytree(right, tmp_path / "clone/submissions/ada").parents[1]
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", ".venv"], cwd=clone, check=True)
    for name in ("src", "exercises", "graders"):
        (clone / name).symlink_to(ROOT / name)
    (clone / ENVIRONMENT / "clone.pth").write_text("\n".join([str(clone / "src"), *sys.path[1:]]))
    command: list[str | Path] = [clone / ".venv/bin/python", "-c", SCRIPT]
    for path in ("", ".", "src"):
        arguments = ("batch", "submissions/", "--out", "reports/", "--sandbox", "basic", "--force")
        done = grade(command, *arguments, cwd=clone, PYTHONPATH=path)
        assert done.returncode == 0, done.stderr
    assert (clone / "reports/ada/report.html").is_file()


def test_an_ordinary_start_is_no_second_one(tmp_path: Path) -> None:
    program = f"import os; os.execv = None; {SCRIPT}"
    done = grade([sys.executable, "-P", "-c", program.replace("sys.path.pop(0); ", "")], "--version", cwd=tmp_path)
    assert done.stdout.startswith("autograd-grader "), done.stderr
