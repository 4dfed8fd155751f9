"""A course of one exercise, small enough to be proved anew for each test."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from autograd_grader.course import Course

KEPT = ("reference.py", "hard-coded.*.py", "wrong-derivative.*.py")


@pytest.fixture
def small_course(course: Course, tmp_path: Path) -> Path:
    """A copy of exercise 4 alone, with its reference and a few known wrong answers."""
    root = tmp_path / "course"
    exercise = course.exercises[-1]
    (root / "exercises").mkdir(parents=True)
    shutil.copy(course.stubs / exercise.stub, root / "exercises")
    manifest = (course.stubs / "course.toml").read_text("utf-8")
    head, *parts = re.split(r"(?=\[\[exercises\]\])", manifest)
    (root / "exercises" / "course.toml").write_text(head + parts[-1], "utf-8")
    for side in ("right", "wrong"):
        (root / "graders" / "answers" / exercise.id / side).mkdir(parents=True)
        for pattern in KEPT:
            for path in (course.graders / "answers" / exercise.id / side).glob(pattern):
                shutil.copy(path, root / "graders" / "answers" / exercise.id / side)
    shutil.copy(course.graders / exercise.grader, root / "graders")
    return root
