"""What holds of every result and its reports, whatever was observed."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from rich.console import Console

from autograd_grader.batch.grading import grade_isolated
from autograd_grader.cli.reports import reports_in
from autograd_grader.model.result import Result
from autograd_grader.report import Gradebook, Row, render_gradebook, render_index, render_report, summary

from .cases import MARKUP
from .recorded import ALMA, ROSA, UMUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograd_grader.course import Course
    from autograd_grader.model.observation import Observation

FORMULA = tuple("=+-@\t\r")


class Shown(HTMLParser):
    """What a page is made of: its tags and the names of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts |= {tag, *(f"{tag} {name}" for name, _ in attrs)}

    def handle_comment(self, data: str) -> None:
        self.parts.add(f"comment {data}")


def refuse(constant: str) -> NoReturn:
    raise AssertionError(constant)


def graded(course: Course, seen: Sequence[Observation]) -> list[Result]:
    """The results of observations, once all that must hold of them was found to hold."""
    made = list(grade_isolated(course, seen))
    assert [(index, graded.fault) for index, graded in enumerate(made) if graded.fault] == []
    results = [graded.result for graded in made]
    assert [result.submission for result in results] == [one.submission for one in seen]
    for index, result in enumerate(results):
        _check_points(result, index)
    return results


def reported(course: Course, seen: Sequence[Observation], folder: Path) -> list[Result]:
    """The same, with all that must hold of their reports."""
    results = graded(course, seen)
    known = _parts_of_harmless_pages(course)
    for result in results:
        _check_terminal(result)
        _check_files(folder, result, known)
    _check_class(_gradebook(course, results), known)
    return results


def _check_points(result: Result, index: int) -> None:
    assert not [flag for flag in result.flags if flag.slug in ("broken-check", "broken-rule")], index
    assert [(e.id, e.max_score) for e in result.exercises] == [(f"ex{n}", 10.0) for n in (1, 2, 3, 4)]
    for exercise in result.exercises:
        assert 0 <= exercise.score <= exercise.score + exercise.awaiting_review <= exercise.max_score
        assert exercise.score == sum(c.points for c in exercise.checks if c.outcome == "passed")
    assert result.score == sum(e.score for e in result.exercises) <= result.max_score == 40.0


def _check_terminal(result: Result) -> None:
    stream = io.StringIO()
    Console(file=stream, width=80).print(summary(result, Path("report.html")))
    assert all(line.isprintable() for line in stream.getvalue().split("\n"))


def _check_files(folder: Path, result: Result, known: set[str]) -> None:
    store = reports_in(folder).store
    named = result.model_copy(update={"submission": "one"})
    reports_in(folder).write_own(named)
    data = json.loads((folder / "one" / "report.json").read_text("ascii"), parse_constant=_refuse)
    assert Result.model_validate(data) == named.model_copy(update={"flags": (), "seed": None})
    _check_page(store.page("one").read_text("utf-8"), known)
    _check_page(render_report(result), known)


def _gradebook(course: Course, results: Sequence[Result]) -> Gradebook:
    return Gradebook(course.title, tuple(exercise.id for exercise in course.exercises), list(map(Row.of, results)))


def _check_class(gradebook: Gradebook, known: set[str]) -> None:
    _check_page("".join(render_index(gradebook)), known)
    table = list(csv.reader(io.StringIO("".join(render_gradebook(gradebook)))))
    assert [len(row) for row in table] == [len(gradebook.exercises) + 5] * (len(gradebook.rows) + 1)
    assert not [cell for row in table for cell in row if cell.startswith(FORMULA)]


def _check_page(page: str, known: set[str]) -> None:
    assert Shown(page).parts <= known
    assert not [text for text in MARKUP if text in page]


def _refuse(constant: str) -> NoReturn:
    raise AssertionError(constant)


@cache
def _parts_of_harmless_pages(course: Course) -> set[str]:
    """The tags and attributes of pages over harmless work, which are all that there should ever be."""
    flagged = ROSA.model_copy(update={"changes": ("torch.add",), "notices": ("A notice.",)})
    results = [graded.result for graded in grade_isolated(course, [ALMA, flagged, UMUT])]
    pages = [*map(render_report, results), "".join(render_index(_gradebook(course, results)))]
    return set().union(*(Shown(page).parts for page in pages))
