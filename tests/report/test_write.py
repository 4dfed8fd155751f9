"""Files that are whole or absent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograd_grader.errors import OutputError
from autograd_grader.files import write_whole


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_whole(path, "old, and longer")
    write_whole(path, "new é\n")
    assert path.read_bytes() == "new é\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_whole(path, "old")

    def full() -> Iterator[str]:
        yield 100_000 * "new"
        assert len(list(tmp_path.iterdir())) == 2
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match=r"a\.txt: the disk is full: free some space"):
        write_whole(path, full())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_where_a_folder_is_needed_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("")
    with pytest.raises(OutputError, match="a file stands where a folder is needed") as caught:
        write_whole(tmp_path / "reports" / "ada" / "report.html", "")
    assert "\n" not in str(caught.value)


def test_a_folder_where_the_file_is_to_go_is_said(tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()
    with pytest.raises(OutputError, match="move it away"):
        write_whole(tmp_path / "index.html", "")


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_report_may_be_read_by_whoever_the_umask_lets(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", "")
    (tmp_path / "b").write_text("")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode
