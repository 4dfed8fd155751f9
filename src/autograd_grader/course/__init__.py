"""The course: which exercises there are, their stubs, and the graders with their call plans."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from autograd_grader.course.opening import installed_course_folders, open_course

if TYPE_CHECKING:
    from autograd_grader.course.draw import Draw, no_cancellation
    from autograd_grader.course.folder import Course
    from autograd_grader.course.manifest import Exercise

__all__ = ["Course", "Draw", "Exercise", "installed_course_folders", "no_cancellation", "open_course"]

_MODULES = {"Course": "folder", "Draw": "draw", "Exercise": "manifest", "no_cancellation": "draw"}
"""Where each of the names is that are imported when they are first asked for.

The installed courses have to be found before the process that imports torch is started, and pydantic takes 0.1 s.
"""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in _MODULES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
