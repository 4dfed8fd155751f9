"""File systems that are really full or read-only, and reports that vanish: one message, and nothing corrupted."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograd_grader import cli
from autograd_grader.cli.progress import Progress
from autograd_grader.course import Course
from autograd_grader.report import Row

from .conftest import Grade, files

Remount = Callable[[str], None]
Command = Callable[[], tuple[int, str]]


@pytest.fixture
def remount(top: Path) -> Iterator[Remount]:
    """A file system in memory where the reports go, whose options a test may change."""
    out = top / "out"
    out.mkdir()

    def mount(options: str) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", out], check=True, capture_output=True)

    try:
        mount("size=1m")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root mounts file systems, and not in every container")
    yield lambda options: mount(f"remount,{options}")
    subprocess.run(["umount", "--lazy", out], check=True)


@pytest.fixture
def command(
    blind_command: None, top: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs `grade batch` over the class without student code, and gives its exit code and what it complains of."""
    assert blind_command is None
    monkeypatch.setattr("sys.argv", ["grade", "batch", str(top / "in"), "--out", str(top / "out")])
    return lambda: (cli._run(), capsys.readouterr().err)


@pytest.fixture
def after_two(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Has something happen once two submissions have been graded."""
    rows: list[Row] = []

    def happen(what: Callable[[], object]) -> None:
        def graded(_: Progress, row: Row) -> None:
            rows.append(row)
            if len(rows) == 2:
                what()

        monkeypatch.setattr(Progress, "graded", graded)

    return happen


@pytest.fixture
def undisturbed(course: Course, grade_class: Grade, top: Path) -> dict[str, bytes]:
    """What lies in the folder of reports in the end."""
    grade_class(course)
    found = files(top / "out")
    shutil.rmtree(top / "out")
    return found


def is_part_of(left: dict[str, bytes], whole: dict[str, bytes]) -> bool:
    return left.items() <= whole.items()


@pytest.mark.parametrize("kilobytes", [16, 48, 64])
def test_a_disk_that_is_really_full_ends_the_run_with_one_line_and_the_next_goes_on(
    kilobytes: int, undisturbed: dict[str, bytes], remount: Remount, command: Command, top: Path
) -> None:
    remount(f"size={kilobytes}k")
    code, words = command()
    assert code == 3
    assert words.startswith("grade: can't write ")
    assert "the disk is full: free some space, then run the command again" in words
    assert words.count("\n") == 1
    left = files(top / "out")
    assert is_part_of(left, undisturbed)
    assert len(left) < len(undisturbed)
    remount("size=1m")
    assert command() == (0, "")
    assert files(top / "out") == undisturbed


def test_a_disk_that_is_read_only_is_said_before_anything_is_graded(
    remount: Remount, command: Command, top: Path
) -> None:
    remount("ro")
    code, words = command()
    assert (code, words.count("\n")) == (3, 1)
    assert words.startswith(f"grade: can't write in {top / 'out'} (Read-only file system)")
    remount("rw")
    assert command() == (0, "")


def test_a_disk_that_turns_read_only_under_way_ends_the_run_and_the_next_goes_on(
    undisturbed: dict[str, bytes],
    remount: Remount,
    command: Command,
    after_two: Callable[[Callable[[], object]], None],
    top: Path,
) -> None:
    after_two(lambda: remount("ro"))
    code, words = command()
    assert (code, words.count("\n")) == (3, 1)
    assert "the disk is read-only: choose a folder on another one" in words
    left = files(top / "out")
    assert len([path for path in left if path.endswith("report.json")]) == 2
    assert is_part_of(left, undisturbed)
    remount("rw")
    assert command() == (0, "")
    assert files(top / "out") == undisturbed


@pytest.mark.parametrize("how", ["removed", "moved", "replaced"])
def test_a_folder_of_reports_that_vanishes_under_way_is_said_and_the_next_run_is_whole(
    how: str,
    undisturbed: dict[str, bytes],
    command: Command,
    after_two: Callable[[Callable[[], object]], None],
    top: Path,
) -> None:
    def vanish() -> None:
        (top / "out").rename(top / "elsewhere")
        if how == "removed":
            shutil.rmtree(top / "elsewhere")
        if how == "replaced":
            (top / "out").mkdir()

    after_two(vanish)
    code, words = command()
    assert (code, words.count("\n")) == (3, 1)
    assert words.rstrip().endswith("run the command again")
    assert command() == (0, "")
    assert files(top / "out") == undisturbed
