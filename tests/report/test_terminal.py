"""What a student reads on the terminal."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from autograd_grader.report import summary

from .samples import check, diagnosis, exercise, result

if TYPE_CHECKING:
    from autograd_grader.model.result import Result

REPORT = Path("reports/ada/report.html")


def shown(what: Result, width: int = 80, **settings: object) -> str:
    file = io.StringIO()
    Console(file=file, width=width, **settings).print(summary(what, REPORT))  # type: ignore[arg-type]
    return file.getvalue()


def words(what: Result) -> str:
    return " ".join(shown(what).split())


def test_the_first_thing_to_mend_is_said_with_its_place_line_and_hint(unfinished: Result) -> None:
    text = words(unfinished)
    assert "First thing to mend: exercise 2, Two variables `backward` was never called ex2.py:14 │ f = 5 * x**2" in text
    assert "Hint: Which call fills `.grad`?" in text
    assert "Nothing was printed" not in text
    assert text.endswith(f"Full report: {REPORT}")


def test_each_exercise_has_a_line(unfinished: Result) -> None:
    lines = [" ".join(line.replace("━", "").replace("─", "").split()) for line in shown(unfinished).splitlines()]
    assert "2 Two variables 4 of 10 1 of 2 checks" in lines
    assert "3 Zeroing gradients 8 of 10 1 of 2 checks, 2 to review" in lines


def test_a_notebooks_cell_is_named() -> None:
    there = diagnosis(file="week2.ipynb", cell=5, line=2)
    assert "week2.ipynb, cell 5, line 2" in words(result(exercise(1, check("failed"), diagnoses=(there,))))


def test_a_failed_check_speaks_where_there_is_no_diagnosis() -> None:
    lost = result(exercise(1, check("failed", title="The gradient", message="It was 12.")))
    assert "exercise 1, A single variable The gradient It was 12." in words(lost)


def test_a_complete_result_is_praised_and_says_what_awaits_review(complete: Result) -> None:
    assert "Every automatic point is earned. Well done! 2 points await review" in words(complete)
    assert "mend" not in words(complete)


def test_four_stubs_are_told_where_to_begin(untouched: Result) -> None:
    assert "Exercise 1, A single variable, is the one to begin with." in words(untouched)
    assert "mend" not in words(untouched)


def test_an_unreadable_submission_says_why() -> None:
    text = words(result(status="unreadable", notices=("The zip ends too soon.",)))
    assert "could not be read, so nothing could be marked yet. The zip ends too soon. Full report" in text


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_nothing_is_wider_than_the_terminal(unfinished: Result, width: int) -> None:
    assert all(len(line) <= width for line in shown(unfinished, width).splitlines())


@pytest.mark.parametrize("width", [60, 80, 120])
def test_titles_and_points_are_whole_at_common_widths(unfinished: Result, width: int) -> None:
    text = shown(unfinished, width)
    assert all(part in text for part in ("Zeroing gradients", "10 of 10", "2 to review"))


def test_a_file_gets_no_escape_codes(unfinished: Result) -> None:
    assert "\x1b" not in shown(unfinished)


def test_no_color_is_obeyed(unfinished: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in shown(unfinished, force_terminal=True)


def test_a_terminal_without_unicode_gets_ascii_bars(unfinished: Result) -> None:
    file = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    Console(file=file, width=80).print(summary(unfinished, REPORT))
    file.seek(0)
    assert "######.........." in file.read()


def test_a_students_text_can_neither_steer_the_terminal_nor_be_markup() -> None:
    hostile = "[red]x[/] [link=http://x]:smile: \x1b[2J\x9b\u202e\r"
    d = diagnosis(title=hostile, explanation=hostile, hint=hostile, file=hostile, source=hostile)
    text = shown(result(exercise(1, check("failed"), diagnoses=(d,)), notices=(hostile,), status="partial"))
    assert not set("\x1b\x9b\u202e\r") & set(text)
    assert "[red]x[/] [link=http://x]:smile: �[2J" in text


def test_neither_rich_nor_jinja_is_loaded_before_it_is_used() -> None:
    script = (
        "import sys, autograd_grader.report; print({'rich', 'jinja2', 'pydantic', 'statistics'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"
