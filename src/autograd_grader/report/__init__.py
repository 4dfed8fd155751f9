"""The last stage: a result becomes pages, a gradebook and words on a terminal; pure functions of the result model.

Nothing heavy is imported until a page is rendered (`jinja2`) or a summary is printed (`rich`).
"""

from __future__ import annotations

from autograd_grader.files import NO_ROOM, make_folder, remove, write_whole
from autograd_grader.report.gradebook import GRADEBOOK, Row, cell, render_gradebook
from autograd_grader.report.html import COURSE_TITLE, prepare, render_index, render_report
from autograd_grader.report.terminal import summary
from autograd_grader.report.write import write_batch, write_result

__all__ = [
    "COURSE_TITLE",
    "GRADEBOOK",
    "NO_ROOM",
    "Row",
    "cell",
    "make_folder",
    "prepare",
    "remove",
    "render_gradebook",
    "render_index",
    "render_report",
    "summary",
    "write_batch",
    "write_result",
    "write_whole",
]
