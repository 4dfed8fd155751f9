"""The known answers of a course: right ones in many styles, and wrong ones that are named after their diagnosis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from autograd_grader.course import Course, Exercise
from autograd_grader.errors import CourseError
from autograd_grader.model.base import Record
from autograd_grader.model.submission import Cell, SourceFile, Submission

REFERENCE = "reference.py"
_WRONG_NAME = re.compile(r"(?P<slug>[a-z][a-z-]*)\.\w+\.py")


class Answer(Record):
    """One known answer to one exercise."""

    exercise: str
    name: str
    source: str
    slug: str | None
    """The diagnosis that has to come first; None for a right answer."""


def right_answers(course: Course) -> list[Answer]:
    """Every right answer; raises `CourseError` where an exercise has no reference."""
    found = []
    for exercise in course.exercises:
        folder = course.graders / "answers" / exercise.id / "right"
        if not (folder / REFERENCE).is_file():
            message = f"{exercise.id} has no reference answer: write {folder / REFERENCE}"
            raise CourseError(message)
        found += [Answer(exercise=exercise.id, name=p.name, source=_read(p), slug=None) for p in _files(folder)]
    return found


def wrong_answers(course: Course, slugs: frozenset[str]) -> tuple[list[Answer], list[str]]:
    """Every wrong answer that is named after one of `slugs`, and a line for each file that is not."""
    found, unnamed = [], []
    for exercise in course.exercises:
        for path in _files(course.graders / "answers" / exercise.id / "wrong"):
            match = _WRONG_NAME.fullmatch(path.name)
            if match is None or match["slug"] not in slugs:
                unnamed.append(f"{exercise.id}/wrong/{path.name} is not named <slug>.<how>.py after a diagnosis")
            else:
                found.append(Answer(exercise=exercise.id, name=path.name, source=_read(path), slug=match["slug"]))
    return found, unnamed


def references(course: Course) -> dict[str, str]:
    """The source of each exercise's reference answer."""
    return {a.exercise: a.source for a in right_answers(course) if a.name == REFERENCE}


def submission(course: Course, name: str, sources: Mapping[str, str]) -> Submission:
    """A submission of four files, one an exercise, under the stubs' names."""
    files = [
        SourceFile(path=exercise.stub, cells=(Cell(source=sources[exercise.id]),))
        for exercise in course.exercises
        if exercise.id in sources
    ]
    return Submission(id=name, origin=name, files=tuple(files))


def stubs(course: Course) -> dict[str, str]:
    """The source of each exercise's stub."""
    return {exercise.id: course.stub_text(exercise) for exercise in course.exercises}


def in_place(course: Course, exercise: Exercise | str, source: str, name: str) -> Submission:
    """A submission that answers one exercise with `source` and the others rightly."""
    exercise_id = exercise if isinstance(exercise, str) else exercise.id
    return submission(course, name, references(course) | {exercise_id: source})


def _files(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob("*.py")))


def _read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")
