"""The pages: one for a student, one for the staff; each a single file without scripts or network.

The template engine is imported when the first page is rendered, not with this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograd_grader.report import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograd_grader.model.result import Result
    from autograd_grader.report.gradebook import Gradebook


def render_report(result: Result) -> str:
    """Render a student's page; flags, which are for the staff, never reach it."""
    from autograd_grader.report.templating import template

    mend = reading.first_to_mend(result)
    return template("report.html.j2").render(
        result=result.model_copy(update={"flags": ()}),
        opening=reading.opening(result),
        review_sentence=reading.review_sentence(result),
        mend_first=mend[0] if mend and not reading.untouched(result) else None,
    )


def render_index(gradebook: Gradebook) -> Iterator[str]:
    """Render the staff's page of a whole batch, in the order of the rows, piece by piece."""
    from autograd_grader.report.class_figures import ClassFigures
    from autograd_grader.report.templating import template

    rows = gradebook.rows
    page = template("index.html.j2").stream(rows=rows, figures=ClassFigures.of(rows), course_title=gradebook.course)
    page.enable_buffering(1000)  # pieces of text: a row is some forty
    return iter(page)


def load_templates() -> None:
    """Load the template engine and the student's page, for a caller with time to fill before rendering."""
    from autograd_grader.report.templating import template

    template("report.html.j2")
