"""Files that are whole or absent."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograd_grader.errors import OutputError
from autograd_grader.files import write_whole
from autograd_grader.model.result import Result
from autograd_grader.report import Row, write_batch, write_result

from .samples import check, exercise, explained, result


def test_a_result_becomes_a_page_and_json_that_says_the_same(unfinished: Result, tmp_path: Path) -> None:
    page = write_result(unfinished, tmp_path / "new" / "ada")
    assert page.name == "report.html"
    assert sorted(p.name for p in page.parent.iterdir()) == ["report.html", "report.json"]
    assert Result.model_validate_json(page.with_name("report.json").read_bytes()) == unfinished


def test_json_has_no_nan(tmp_path: Path) -> None:
    write_result(result(exercise(1, check(), score=float("nan"))), tmp_path)

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    json.loads((tmp_path / "report.json").read_text(), parse_constant=refuse)


def test_json_shown_on_a_terminal_does_nothing_to_it(tmp_path: Path) -> None:
    text = "\x1b[2J\x9b2J\u202e"
    write_result(result(explained(text)), tmp_path)
    stored = (tmp_path / "report.json").read_bytes()
    assert stored.isascii()
    assert b"\x1b" not in stored
    assert json.loads(stored)["exercises"][0]["checks"][1]["message"] == text


def test_a_batch_becomes_a_gradebook_and_an_index(complete: Result, tmp_path: Path) -> None:
    write_batch((Row.of(r) for r in (complete, complete)), tmp_path / "reports")
    with (tmp_path / "reports" / "gradebook.csv").open(encoding="utf-8", newline="") as file:
        assert [row["submission"] for row in csv.DictReader(file)] == ["ada", "ada"]
    assert "2 submissions" in (tmp_path / "reports" / "index.html").read_text(encoding="utf-8")


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
