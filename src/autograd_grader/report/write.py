"""Where reports land: the files of one submission, and those of the whole batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograd_grader.files import remove, write_whole
from autograd_grader.report.gradebook import GRADEBOOK, render_gradebook
from autograd_grader.report.html import COURSE_TITLE, render_index, render_report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from autograd_grader.model.result import Result
    from autograd_grader.report.gradebook import Row


def write_result(result: Result, folder: Path) -> Path:
    """Write a submission's `report.json` and `report.html`, and return the page's path; raises `OutputError`.

    `report.json` is taken away first and written last: where it is, the page beside it says the same.
    """
    report, page = folder / "report.json", folder / "report.html"
    remove(report)
    write_whole(page, render_report(result))
    # ASCII alone, so that a student's text does nothing to the terminal of a person who shows the file there.
    write_whole(report, result.model_dump_json(indent=2, ensure_ascii=True) + "\n")
    return page


def write_batch(rows: Iterable[Row], out: Path, course_title: str = COURSE_TITLE) -> None:
    """Write the batch's `gradebook.csv` and `index.html`; raises `OutputError`."""
    rows = tuple(rows)
    write_whole(out / GRADEBOOK, render_gradebook(rows))
    write_whole(out / "index.html", render_index(rows, course_title))
