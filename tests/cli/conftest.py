"""The command as a person runs it, and what it is run on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

from autograd_grader.course import Course

COMMAND = Path(sys.executable).with_name("grade")


class Run(Protocol):
    """Runs `grade` in a folder and gives what came of it."""

    def __call__(self, *arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(scope="session")
def run() -> Run:
    def run_command(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [COMMAND, *arguments],
            cwd=cwd,
            env={**os.environ, "COLUMNS": "100", **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=100,
            check=False,
        )

    return run_command


@pytest.fixture(scope="session")
def right(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the reference answer of every exercise."""
    folder = tmp_path_factory.mktemp("work") / "right"
    folder.mkdir()
    for exercise in course.exercises:
        shutil.copy(course.graders / "answers" / exercise.id / "right" / "reference.py", folder / exercise.stub)
    return folder
