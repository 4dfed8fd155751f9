"""A course of one exercise, small enough to be written anew for each test."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest

MANIFEST = """
title = "Doubling"

[[exercises]]
id = "double"
title = "Twice a number"
stub = "double.py"
functions = ["double"]
constants = ["WHY"]
grader = "test_double.py"
points = 2
"""

STUB = """
WHY = ""

def double(x: float = 3.0):
    raise NotImplementedError
"""

GRADER = """
from autograd_grader.grading import Call, Target, tensor

TARGETS = {"double": Target("tensors", ("x",), "2x", lambda x: 2 * x, lambda x: (2.0,))}

def plan(draw):
    return [
        Call(id="article", function="double", args=(3.0,)),
        Call(id="bent", function="double", args=draw.numbers(1), bend=draw.bend()),
        Call(id="again", function="double", args=(3.0,)),
    ]
"""


class WriteCourse(Protocol):
    """Writes a course of one exercise into a folder, its files as given, and gives the folder."""

    def __call__(
        self, manifest: str = MANIFEST, grader: str = GRADER, folder: Path | None = None, **others: str
    ) -> Path: ...


@pytest.fixture
def write_course(tmp_path: Path) -> WriteCourse:
    def write(manifest: str = MANIFEST, grader: str = GRADER, folder: Path | None = None, **others: str) -> Path:
        root = folder or tmp_path / "doubling"
        for name in ("exercises", "graders"):
            (root / name).mkdir(parents=True, exist_ok=True)
        (root / "exercises" / "course.toml").write_text(manifest, "utf-8")
        (root / "exercises" / "double.py").write_text(STUB, "utf-8")
        (root / "graders" / "test_double.py").write_text(grader, "utf-8")
        for name, text in others.items():
            (root / "graders" / f"{name}.py").write_text(text, "utf-8")
        return root

    return write
