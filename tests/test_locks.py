"""A folder is locked for one process at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograd_grader.locks import lock_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="folders are locked on POSIX systems alone")

HOLDER = """
import sys
from pathlib import Path
from autograd_grader.locks import lock_folder
lock_folder(Path(sys.argv[1]))
print("locked", flush=True)
input()
"""


def test_a_locked_folder_is_refused_until_the_process_that_locked_it_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"locked\n"
        with pytest.raises(BlockingIOError):
            lock_folder(tmp_path)
        holder.kill()
    lock = lock_folder(tmp_path)
    assert lock is not None
    os.close(lock)


def test_a_lock_ends_when_its_descriptor_is_closed(tmp_path: Path) -> None:
    for _ in range(2):
        lock = lock_folder(tmp_path)
        assert lock is not None
        os.close(lock)


def test_a_link_to_a_folder_locks_the_folder(tmp_path: Path) -> None:
    link = tmp_path / "link"
    (tmp_path / "folder").mkdir()
    link.symlink_to(tmp_path / "folder")
    lock = lock_folder(link)
    assert lock is not None
    with pytest.raises(BlockingIOError):
        lock_folder(tmp_path / "folder")
    os.close(lock)


def test_a_folder_that_is_gone_can_not_be_locked(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        lock_folder(tmp_path / "gone")


def test_where_the_system_has_no_locks_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    assert lock_folder(tmp_path) is None


def test_where_the_file_system_has_no_locks_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def refused(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", refused)
    assert lock_folder(tmp_path) is None
