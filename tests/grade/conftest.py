"""Courses of one exercise, written by a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .one_exercise import MANIFEST, OneExercise

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from autograd_grader.observe.host.worker import Worker


@pytest.fixture
def one_exercise(tmp_path: Path, warm: Worker) -> Callable[..., OneExercise]:
    """Write a course with this grader."""

    def write(grader: str, *functions: str, points: float = 1) -> OneExercise:
        (tmp_path / "exercises").mkdir()
        (tmp_path / "graders").mkdir()
        named = ", ".join(f'"{name}"' for name in functions)
        (tmp_path / "exercises" / "course.toml").write_text(MANIFEST.format(functions=named, points=points), "utf-8")
        stubs = [f"def {name}(*args, **kwargs):\n    raise NotImplementedError\n" for name in functions]
        (tmp_path / "exercises" / "only.py").write_text("\n\n".join(stubs), "utf-8")
        one = OneExercise(tmp_path, warm)
        one.write("test_only.py", grader)
        return one

    return write
