"""What a student's text must not do to who reads it: in a page, a spreadsheet, a program, a terminal, a CI log."""

from __future__ import annotations

import json
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from .injected import HONEST_PART, PAYLOADS

if TYPE_CHECKING:
    from pathlib import Path

    from .graded_class import GradedClass

FORMULA = tuple("=+-@\t\r")
INERT = """
    a abbr article aside b blockquote body br caption code dd details div dl dt em footer h1 h2 h3 h4 head header
    html li main meta nav ol p pre rect section small span strong style summary svg table tbody td th thead title
    tr ul
""".split()  # noqa: SIM905 - as words they can be read
ATTRIBUTES = """
    aria-hidden aria-label aria-labelledby charset class colspan content height href http-equiv id lang name
    preserveaspectratio rel role scope style tabindex viewbox width x y
""".split()  # noqa: SIM905 - as above
LINKS = ("#", "./", "gradebook.csv", "https://docs.pytorch.org/", "https://docs.python.org/")
VOID = {"meta", "br"}


class Page(HTMLParser):
    """The elements, attributes and words of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(path.read_text("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def check(self) -> None:
        """Fail if the page holds anything that acts, or that can't be seen."""
        assert self.open == []
        assert set(self.tags) <= set(INERT)
        assert {name for name, _ in self.attributes} <= set(ATTRIBUTES)
        links = [value for name, value in self.attributes if name == "href"]
        assert [link for link in links if not link.startswith(LINKS)] == []
        check_seen(self.words)


def check_seen(text: str) -> None:
    """Fail if a text holds characters that act on a screen without being seen."""
    unseen = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs"}} - set("\n\t")
    assert not unseen


@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_text_is_text_on_every_page_and_in_every_file(name: str, graded_class: GradedClass) -> None:
    for kind in ("says", "quoted"):
        origin = graded_class.injected(name, kind)
        row = graded_class.row(origin)
        earned = {exercise: float(row[exercise]) for exercise in ("ex3", "ex4")}
        assert sum(earned.values()) == HONEST_PART, "exercises that are right lost points"
        folder = graded_class.folder(origin)
        Page(folder / "report.html").check()
        report = json.loads((folder / "report.json").read_text("utf-8"))
        assert {d["slug"] for d in report["exercises"][0]["diagnoses"]} & {"raised", "syntax-error", "too-much-output"}
        assert (folder / "report.html").stat().st_size < 1 << 20
    graded_class.check_the_honest()


def test_template_syntax_is_not_evaluated(graded_class: GradedClass) -> None:
    words = Page(graded_class.folder(graded_class.injected("Jinja", "says")) / "report.html").words
    assert "{{ 7 * 191 }}" in words
    assert str(7 * 191) not in words


def test_no_cell_of_the_gradebook_is_a_formula(graded_class: GradedClass) -> None:
    for row in graded_class.rows:
        assert None not in row, "a cell spilled over"
        assert not row["submission"].startswith(FORMULA)
        assert not any(value.startswith(FORMULA) for value in row.values())
    check_seen((graded_class.out / "gradebook.csv").read_text("utf-8"))


def test_the_page_of_the_class_holds_nothing_that_acts(graded_class: GradedClass) -> None:
    Page(graded_class.out / "index.html").check()


def test_the_terminal_gets_no_escape_and_no_workflow_command(graded_class: GradedClass) -> None:
    for text in (graded_class.done.stdout, graded_class.done.stderr, graded_class.own.stdout, graded_class.own.stderr):
        check_seen(text)
        assert not [line for line in text.splitlines() if line.lstrip().startswith(("::", "##["))]
    assert "::error" in graded_class.own.stdout, "the text was to be shown, as text"
