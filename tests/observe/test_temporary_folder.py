"""Temporary folders: none outlives its process for long, however that ended."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograd_grader.errors import SandboxError
from autograd_grader.observe.host import temporary_folder
from autograd_grader.observe.host.temporary_folder import TemporaryFolder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="folders are locked on POSIX systems alone")

OWNER = """
from autograd_grader.observe.host.temporary_folder import TemporaryFolder
place = TemporaryFolder()
(place.path / "inner").mkdir()
print(place.path, flush=True)
input()
"""


@pytest.fixture(autouse=True)
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for what is temporary."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


@pytest.fixture
def owner() -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process that has one, and where that is."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", OWNER], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def test_it_is_gone_when_its_block_ends(top: Path) -> None:
    with TemporaryFolder() as place:
        (place.path / "file").touch()
        assert list(top.iterdir()) == [place.path]
    assert list(top.iterdir()) == []


def test_what_a_killed_process_left_is_gone_when_the_next_one_is_made(
    owner: tuple[subprocess.Popen[str], Path],
) -> None:
    process, left = owner
    process.kill()
    process.wait()
    assert (left / "inner").is_dir()
    with TemporaryFolder():
        assert not left.exists()


def test_that_of_a_process_which_lives_stays(owner: tuple[subprocess.Popen[str], Path]) -> None:
    with TemporaryFolder(), TemporaryFolder() as place:
        assert (owner[1] / "inner").is_dir()
        assert place.path.is_dir()


def test_what_only_looks_alike_stays(top: Path) -> None:
    (top / "elsewhere").mkdir()
    (top / "autograd-grader-run-abcdefgh").symlink_to(top / "elsewhere")
    (top / "autograd-grader-run-a_longer_name").mkdir()
    (top / "autograd-grader-run-12345678").touch()
    before = set(top.iterdir())
    with TemporaryFolder() as place:
        assert set(top.iterdir()) == {*before, place.path}


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root gives folders away")
def test_that_of_another_user_stays(top: Path) -> None:
    other = top / "autograd-grader-run-12345678"
    other.mkdir()
    os.chown(other, 65_534, 65_534)
    with TemporaryFolder():
        assert other.is_dir()


def test_one_that_is_removed_before_it_is_locked_is_made_again(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really, made = tempfile.mkdtemp, []

    def make(prefix: str) -> str:
        made.append(really(prefix=prefix))
        if len(made) == 1:
            temporary_folder._remove_abandoned(top)
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", make)
    with TemporaryFolder() as place:
        assert list(top.iterdir()) == [place.path] == [Path(made[1])]


def test_where_none_can_be_made_it_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(prefix: str) -> str:
        raise OSError(28, "No space left on device", prefix)

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(SandboxError, match=r"No space left on device.*TMPDIR"):
        TemporaryFolder()
