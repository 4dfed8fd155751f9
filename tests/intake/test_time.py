"""What a submission costs to read is bounded as a whole, however many notebooks it is made of."""

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING

import pytest

from autograd_grader.intake import read_submission

if TYPE_CHECKING:
    from pathlib import Path

    from autograd_grader.model.submission import Submission

SECONDS = 4.0
"""Of the processor: the worst takes two, a machine that is busy some more."""
MIB = 1 << 20
CELL = b'{"cell_type":"code"}'
MAGICS = b'{"cell_type":"code","source":"' + b"x=1\\n%m\\n" * 50 + b'"}'
WORDS = b'{"cell_type":"code","source":"%m\\n' + (b"a" * 255 + b" ") * 250 + b'"}'


def notebook(cells: bytes, outputs: bytes = b"") -> bytes:
    return b'{"outputs":[' + outputs + b'],"cells":[' + cells + b'],"nbformat":4}'


def sheet(cells: bytes) -> bytes:
    return b'{"worksheets":[{"cells":[' + cells + b']}],"nbformat":3}'


def many(part: bytes, count: int) -> bytes:
    return b",".join([part] * count)


def read(tmp_path: Path, *notebooks: bytes) -> tuple[Submission, float]:
    for number, data in enumerate(notebooks):
        (tmp_path / f"{number:02}.ipynb").write_bytes(data)
    with warnings.catch_warnings(action="ignore"):
        read_submission(tmp_path)  # what is imported is not counted
        started = time.process_time()
        return read_submission(tmp_path), time.process_time() - started


@pytest.mark.parametrize("notebooks", [
    [notebook(CELL, many(b"{}", 990_000))] * 16,
    [notebook(CELL, many(b"{}", 1_990_000))] * 16,
    [notebook(CELL, many(b"0", 4_900_000))] * 9,
    [notebook(many(CELL, 990_000))],
    [sheet(many(CELL, 990_000))],
    [notebook(many(MAGICS, 2000))] * 16,
    [notebook(many(WORDS, 300))],
], ids=["objects", "more objects", "numbers", "cells", "sheet", "magics", "long words"])  # fmt: skip
def test_no_notebooks_take_seconds_to_read(tmp_path: Path, notebooks: list[bytes]) -> None:
    read_in, seconds = read(tmp_path, *notebooks)
    assert seconds < SECONDS
    assert read_in.notices


def test_what_is_beyond_the_bound_of_all_notebooks_is_named(tmp_path: Path) -> None:
    read_in, _ = read(tmp_path, *[notebook(CELL, many(b"{}", 600_000))] * 2)
    assert [file.path for file in read_in.files] == ["00.ipynb"]
    assert read_in.notices[0].startswith("01.ipynb was left out: with it the outputs of your notebooks are too large")


def test_cells_are_counted_over_all_notebooks(tmp_path: Path) -> None:
    read_in, _ = read(tmp_path, *[notebook(many(CELL, 1900))] * 3)
    assert [len(file.cells) for file in read_in.files] == [1900, 1900, 1200]
    assert read_in.notices == ("02.ipynb: only the first 1200 code cells were read.",)


def test_files_that_a_notebook_writes_are_counted_too(tmp_path: Path) -> None:
    cells = (b'{"cell_type":"code","source":"%%%%writefile m%d.py\\nx = 1"}' % n for n in range(600))
    read_in, _ = read(tmp_path, notebook(b",".join(cells)))
    assert len(read_in.files) == 500
    assert "more than 500 Python files" in read_in.notices[0]
