"""The gradebook, as a spreadsheet and as a program read it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from autograd_grader.report import Gradebook, Row, render_gradebook
from autograd_grader.report.gradebook import cell
from autograd_grader.report.reading import points

from .samples import check, exercise, result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from autograd_grader.model.result import Result


def lines_of(*results: Result, exercises: tuple[str, ...] = ("ex1", "ex2", "ex3", "ex4")) -> Iterator[str]:
    return render_gradebook(Gradebook("Autograd", exercises, [Row.of(result) for result in results]))


def read(lines: Iterable[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(lines), newline="")))


def test_the_header_is_the_contracts() -> None:
    assert list(lines_of()) == ["submission,ex1,ex2,ex3,ex4,score,max_score,awaiting_review,status\n"]


def test_the_columns_are_the_exercises_of_the_course_in_its_order(unfinished: Result) -> None:
    header, row = lines_of(unfinished, exercises=("slope", "ex2"))
    assert header == "submission,slope,ex2,score,max_score,awaiting_review,status\n"
    assert row == "ada,0,4,32,40,2,graded\n"


def test_a_row_holds_what_the_result_says(unfinished: Result) -> None:
    assert list(lines_of(unfinished))[1] == "ada,10,4,8,10,32,40,2,graded\n"


def test_an_unreadable_submission_is_in_the_gradebook() -> None:
    rows = read(lines_of(result(status="unreadable")))
    assert rows[0] | {"status": "unreadable", "ex1": "0", "score": "0"} == rows[0]


def test_exercises_go_to_their_own_column_whatever_their_order() -> None:
    backwards = result(exercise(4, check(points=4.0)), exercise(1, check(points=1.0)))
    row = read(lines_of(backwards))[0]
    assert (row["ex1"], row["ex2"], row["ex4"]) == ("1", "0", "4")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-dash", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1"])  # noqa: RUF001
def test_a_cell_that_looks_like_a_formula_is_neutralised(name: str) -> None:
    row = read(lines_of(result(submission=name)))[0]
    assert row["submission"].startswith("'")


def test_an_ordinary_name_is_left_alone() -> None:
    assert cell("ada-lovelace_1.zip") == "ada-lovelace_1.zip"


def test_quotes_commas_and_newlines_stay_in_their_cell() -> None:
    rows = read(lines_of(result(submission='a,"b"\n,c\x1b')))
    assert len(rows) == 1
    assert rows[0]["submission"] == 'a,"b"⏎,c�'
    assert rows[0]["status"] == "graded"


@pytest.mark.parametrize(
    ("value", "text"),
    [(7.0, "7"), (7.5, "7.5"), (0.0, "0"), (-0.0, "0"), (100.0, "100"), (10 / 3, "3.33"), (0.1 + 0.2, "0.3")],
)
def test_points_are_written_plainly(value: float, text: str) -> None:
    assert points(value) == text
