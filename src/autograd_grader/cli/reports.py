"""What a command that writes reports is put together from: the store, the renderers, and the course of a batch."""

from __future__ import annotations

from pathlib import Path

from autograd_grader.batch.reports import Reports
from autograd_grader.batch.store import ReportStore
from autograd_grader.course import Course, open_course
from autograd_grader.errors import UsageError
from autograd_grader.report import CLASS_RENDERERS, RENDERERS


def reports_in(folder: Path) -> Reports:
    """The reports in a folder, in every form."""
    return Reports(ReportStore(folder, [renderer.name for renderer in RENDERERS]), RENDERERS, CLASS_RENDERERS)


def course_of(store: ReportStore, option: str | None) -> Course:
    """The course that the option names; without one that which the reports were made with, or the built-in one.

    Raises `UsageError` where there is no such course, `CourseError` where it is not sound.
    """
    if option is not None:
        return open_course(option)
    remembered = store.course()
    try:
        return open_course(remembered)
    except UsageError as error:
        message = (
            f"the reports in {store.path} were made with the course {remembered}, which is gone ({error}): "
            "give `--course` with its folder, or its name once it is installed again"
        )
        raise UsageError(message) from error
