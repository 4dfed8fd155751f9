"""The staff's page of a batch."""

from __future__ import annotations

from collections.abc import Iterator

from autograd_grader.model.result import Flag, Result
from autograd_grader.report import Gradebook, Row, render_index
from autograd_grader.report.class_figures import ClassFigures

from .samples import Page, diagnosis, exercise, result


def rows_of(*results: Result) -> list[Row]:
    """Make rows with a number for an id."""
    return [Row.of(r.model_copy(update={"submission": f"s{n}"})) for n, r in enumerate(results)]


def index(rows: list[Row], title: str = "Autograd") -> Iterator[str]:
    return render_index(Gradebook(title, ("ex1", "ex2", "ex3", "ex4"), rows))


def test_every_submission_has_a_row_with_a_link(complete: Result, unfinished: Result, untouched: Result) -> None:
    page = Page(index(rows_of(complete, unfinished, untouched)))
    assert {f"./s{n}/report.html" for n in range(3)} <= set(page.links())
    assert page.tags().count("tr") == 4
    assert "s1 ada.zip 10 4 8 10 32 of 40 2 Graded" in page.text


def test_a_submissions_name_never_becomes_a_scheme_or_markup() -> None:
    page = Page(index([Row.of(result(submission="javascript:x<b>/../y", origin="<i>"))], "<u>"))
    assert "./javascript%3Ax%3Cb%3E%2F..%2Fy/report.html" in page.links()
    assert not {"i", "u"} & set(page.tags())


def test_flags_are_shown_to_the_staff_and_the_rest_counted(unfinished: Result) -> None:
    flags = tuple(Flag(slug=f"flag-{n}", detail="<script>\x1b") for n in range(7))
    page = Page(index(rows_of(unfinished.model_copy(update={"flags": flags}))))
    assert "flag-0 <script>�" in page.text
    assert "2 more in its report.json" in page.text
    assert "script" not in page.tags()


def test_the_figures_leave_out_what_could_not_be_read(complete: Result, unfinished: Result) -> None:
    figures = ClassFigures.of(rows_of(complete, unfinished, result(status="unreadable")))
    assert figures.marked == 2
    assert (figures.total.mean, figures.total.median, figures.total.full) == (35, 35, 1)
    assert [d.mean for d in figures.exercises] == [10, 7, 8, 10]
    assert figures.exercises[1].bars == (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1)
    assert len(figures.not_whole) == 1


def test_who_awaits_review_is_listed(complete: Result, untouched: Result) -> None:
    assert [row.submission for row in ClassFigures.of(rows_of(untouched, complete)).awaiting] == ["s1"]


def test_the_commonest_diagnoses_count_submissions_not_exercises(untouched: Result, unfinished: Result) -> None:
    commonest = ClassFigures.of(rows_of(untouched, untouched, unfinished)).commonest
    assert [(slug, count) for slug, _, count in commonest] == [
        ("not-started", 2),
        ("never-called-backward", 1),
        ("not-printed", 1),
    ]


def test_an_empty_batch_and_one_of_unreadable_submissions_have_a_page() -> None:
    assert "No submission was found." in Page(index([])).text
    assert "Could not be read" in Page(index(rows_of(result(status="unreadable")))).text


def test_points_outside_their_range_do_not_break_the_bars() -> None:
    odd = [exercise(1, score=score, max_score=top) for score, top in ((12, 10), (-1, 10), (1, 0), (float("nan"), 10))]
    figures = ClassFigures.of(rows_of(*(result(e) for e in odd)))
    assert sum(figures.exercises[0].bars) == 4


def test_a_row_keeps_each_diagnosis_once() -> None:
    twice = exercise(1, diagnoses=(diagnosis(), diagnosis()))
    assert len(Row.of(result(twice, twice)).diagnoses) == 1
