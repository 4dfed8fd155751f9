"""The student's page."""

from __future__ import annotations

from itertools import pairwise

import pytest

from autograd_grader.model.result import Flag, Result
from autograd_grader.report import render_report

from .samples import Page, check, diagnosis, exercise, explained, result

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</pre></blockquote></style><h1>40 of 40</h1>",
    "`</code><script>alert(1)</script>`",
    "<!-- ",
    "{{ 7 * 7 }}{% raw %}{# gone #}",
    "]]>&lt;b&gt;",
]


def everywhere(text: str) -> Result:
    """Put a text in every field that could hold a student's."""
    d = diagnosis(title=text, explanation=text, hint=text, file=text, source=text, original=text, link=text)
    checks = (check("failed", 8.0, title=text, message=text), check("awaiting_review", 2.0, message=text))
    whole = exercise(1, *checks, title=text, diagnoses=(d, d), found_in=(text,), notes=(text,))
    return result(whole, submission=text, origin=text, notices=(text,), seed=text, engine=text, status="partial")


def test_the_page_nests_and_has_landmarks_and_headings_in_order(unfinished: Result) -> None:
    tags = Page(render_report(unfinished)).tags()
    assert {"header", "nav", "main", "footer"} <= set(tags)
    levels = [int(tag[1]) for tag in tags if tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_names_the_course_of_the_result(unfinished: Result) -> None:
    fitted = unfinished.model_copy(update={"course": "Fitting a <line>"})
    assert "Fitting a <line> Your report, ada" in Page(render_report(fitted)).text


def test_ids_are_unique(unfinished: Result) -> None:
    ids = [a["id"] for _, a in Page(render_report(unfinished)).elements if "id" in a]
    assert len(ids) == len(set(ids))


def test_the_page_needs_no_network_and_no_script(unfinished: Result) -> None:
    page = Page(render_report(unfinished))
    policies = [a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert not {"script", "link", "img", "iframe", "object", "base"} & set(page.tags())


def test_a_script_tag_in_why_zero_is_shown_as_text() -> None:
    page = Page(render_report(result(explained("Because <script>alert(1)</script> so."))))
    assert "script" not in page.tags()
    assert "Because <script>alert(1)</script> so." in page.text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_changes_the_pages_elements(text: str) -> None:
    hostile, tame = (
        Page(render_report(everywhere(text))),
        Page(render_report(everywhere("`x`" if "`" in text else "x"))),
    )
    assert hostile.elements == tame.elements


def test_template_syntax_is_shown_as_it_was_written() -> None:
    assert "{{ 7 * 7 }}" in Page(render_report(everywhere("{{ 7 * 7 }}"))).text


def test_control_and_bidirectional_characters_reach_no_part_of_the_page() -> None:
    page = render_report(everywhere("a\x1b[31m\u202e\x00\u200b\x9b"))
    assert not set("\x1b\u202e\x00\u200b\x9b") & set(page)
    page.encode()


def test_a_huge_text_is_capped() -> None:
    assert len(render_report(everywhere("x" * 1_000_000))) < 60_000


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://x.org", "file:///etc/passwd", " https://x.org", "//x"])
def test_only_https_links_are_made(link: str) -> None:
    page = Page(render_report(result(exercise(1, check("failed"), diagnoses=(diagnosis(link=link),)))))
    assert all(href is not None and href.startswith("#") for href in page.links())


def test_a_link_to_pytorchs_documentation_is_made(unfinished: Result) -> None:
    assert "https://docs.pytorch.org/x.html" in Page(render_report(unfinished)).links()


def test_flags_do_not_reach_the_student(unfinished: Result) -> None:
    flagged = unfinished.model_copy(update={"flags": (Flag(slug="reaches-for-frames", detail="sys._getframe"),)})
    assert render_report(flagged) == render_report(unfinished)


def test_the_first_thing_to_mend_has_the_students_own_line(unfinished: Result) -> None:
    text = Page(render_report(unfinished)).text
    where = text.index("First thing to mend backward was never called ex2.py, line 14 f = 5 * x**2")
    assert where < text.index("Hint. Which call fills .grad?") < text.index("Nothing was printed")
    assert "What Python said" in text
    assert "float64 is fine." in text
    assert "two_variables: ex2.py" in text


def test_a_notebooks_cell_is_named() -> None:
    there = diagnosis(file="week2.ipynb", cell=5, line=2)
    page = render_report(result(exercise(1, check("failed"), diagnoses=(there,))))
    assert "week2.ipynb, cell 5, line 2" in page


def test_lost_points_without_a_diagnosis_are_explained_by_the_failed_check() -> None:
    page = Page(render_report(result(exercise(1, check("failed", title="The gradient", message="It was 12.")))))
    assert "First thing to mend The gradient It was 12." in page.text


def test_outcomes_are_said_in_words(unfinished: Result) -> None:
    text = Page(render_report(unfinished)).text
    assert "Passed, 4 of 4" in text
    assert "Not yet, 0 of 6" in text
    assert "Awaits review, 0 of 2" in text


def test_a_complete_result_has_nothing_to_mend(complete: Result) -> None:
    text = Page(render_report(complete)).text
    assert "Every automatic point is earned." in text
    assert "2 points await review" in text
    assert "mend" not in text


def test_four_stubs_are_told_where_to_begin(untouched: Result) -> None:
    text = Page(render_report(untouched)).text
    assert "Exercise 1, A single variable, is the one to begin with." in text
    assert "mend" not in text


def test_an_unreadable_submission_says_why() -> None:
    unreadable = result(exercise(1), status="unreadable", notices=("The zip file ends too soon.",))
    text = Page(render_report(unreadable)).text
    assert "Could not be read. What was handed in could not be read" in text
    assert "The zip file ends too soon." in text
    assert "mend" not in text


def test_a_partial_result_says_what_that_means(unfinished: Result) -> None:
    text = Page(render_report(unfinished.model_copy(update={"status": "partial"}))).text
    assert "Some code could not be run to its end." in text


def test_rendering_is_a_function_of_the_result(unfinished: Result) -> None:
    assert render_report(unfinished) == render_report(unfinished)
