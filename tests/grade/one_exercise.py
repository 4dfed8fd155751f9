"""A course of one exercise, written by a test, and answers to it graded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograd_grader.course import Course
from autograd_grader.grade.grading import grade
from autograd_grader.model.submission import Cell, SourceFile, Submission
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.observer import Limits

if TYPE_CHECKING:
    from pathlib import Path

    from autograd_grader.model.observation import Observation
    from autograd_grader.model.result import Result
    from autograd_grader.observe.host.worker import Worker

MANIFEST = """title = "A course of one exercise"

[[exercises]]
id = "only"
title = "The only one"
stub = "only.py"
functions = [{functions}]
grader = "test_only.py"
points = {points}
"""


@dataclass
class OneExercise:
    """A course of one exercise, and a process to run answers in."""

    root: Path
    warm: Worker

    @property
    def course(self) -> Course:
        return Course(self.root)

    def write(self, name: str, text: str) -> None:
        """Write a file of `graders/`."""
        (self.root / "graders" / name).write_text(text, "utf-8")

    def graded(self, answer: str) -> Result:
        """What comes of an answer."""
        (result,) = grade(self.course, [self.observed(answer)])
        return result

    def observed(self, answer: str) -> Observation:
        """What is seen of an answer."""
        files = (SourceFile(path="only.py", cells=(Cell(source=answer),)),)
        handed_in = Submission(id="ada", origin="ada", files=files)
        return SandboxObserver(self.warm, Limits(call=5.0)).observe(handed_in, self.course.plan(handed_in))
