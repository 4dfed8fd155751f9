"""The forms that reports take, each a file's name and a function: a new one is added to a list here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from autograd_grader.report.gradebook import render_gradebook
from autograd_grader.report.html import render_index, render_report

if TYPE_CHECKING:
    from autograd_grader.model.result import Result
    from autograd_grader.report.gradebook import Gradebook

_Source = TypeVar("_Source")


@dataclass(frozen=True, slots=True)
class Renderer(Generic[_Source]):
    """One form of a report."""

    name: str
    """The name of its file."""
    render: Callable[[_Source], str | bytes | Iterable[str]]
    """Makes the file's content: a pure function of its source."""


def render_json(result: Result) -> str:
    """Render a result as `report.json`.

    It is ASCII alone, so that a student's text does nothing to the terminal of a person who shows the file there.
    """
    staffs = None if result.seed is not None else {"flags", "seed"}
    return result.model_dump_json(indent=2, ensure_ascii=True, exclude=staffs) + "\n"


RENDERERS: tuple[Renderer[Result], ...] = (
    Renderer("report.html", render_report),
    Renderer("report.json", render_json),
)
"""What is made of each submission's result."""

CLASS_RENDERERS: tuple[Renderer[Gradebook], ...] = (
    Renderer("gradebook.csv", render_gradebook),
    Renderer("index.html", render_index),
)
"""What is made of the whole class."""
