"""The last stage: a result becomes pages, a gradebook and words on a terminal; pure functions of the result model.

Nothing heavy is imported until a page is rendered (`jinja2`) or a summary is printed (`rich`).
"""

from __future__ import annotations

from autograd_grader.report.gradebook import Gradebook, Mark, Row, cell, render_gradebook
from autograd_grader.report.html import load_templates, render_index, render_report
from autograd_grader.report.renderers import CLASS_RENDERERS, RENDERERS, Renderer, render_json
from autograd_grader.report.terminal import summary

__all__ = [
    "CLASS_RENDERERS",
    "RENDERERS",
    "Gradebook",
    "Mark",
    "Renderer",
    "Row",
    "cell",
    "load_templates",
    "render_gradebook",
    "render_index",
    "render_json",
    "render_report",
    "summary",
]
