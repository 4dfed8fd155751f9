"""The known answers of a course: right ones in many styles, and wrong ones that are named after their diagnosis."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from autograd_grader.course import Course, Exercise
from autograd_grader.errors import CourseError
from autograd_grader.model.base import Record
from autograd_grader.model.submission import Cell, SourceFile, Submission

REFERENCE = "reference.py"
_WRONG_NAME = re.compile(r"(?P<slug>[a-z][a-z\d-]*)\.\w+\.py")


class Answer(Record):
    """One known answer to one exercise."""

    exercise: str
    name: str
    source: str
    slug: str | None
    """The diagnosis that has to come first; None for a right answer."""


def right_answers(course: Course) -> list[Answer]:
    """Every right answer; raises `CourseError` where an exercise has no reference, or one that is no Python."""
    for exercise_id, source in references(course).items():
        _parse(_folder(course, exercise_id) / "right" / REFERENCE, source)
    return [
        Answer(exercise=exercise.id, name=path.name, source=_read(path), slug=None)
        for exercise in course.exercises
        for path in _files(_folder(course, exercise.id) / "right")
    ]


def wrong_answers(course: Course, slugs: frozenset[str]) -> tuple[list[Answer], list[str]]:
    """Every wrong answer that is named after one of `slugs`, and a line for each file that nobody would look at."""
    found, unnamed = [], _strays(course)
    for exercise in course.exercises:
        for path in _files(_folder(course, exercise.id) / "wrong"):
            match = _WRONG_NAME.fullmatch(path.name)
            if match is None or match["slug"] not in slugs:
                unnamed.append(f"{exercise.id}/wrong/{path.name} is not named <slug>.<how>.py after a diagnosis")
            else:
                found.append(Answer(exercise=exercise.id, name=path.name, source=_read(path), slug=match["slug"]))
    return found, unnamed


def references(course: Course) -> dict[str, str]:
    """The source of each exercise's reference answer; raises `CourseError` where there is none."""
    found = {}
    for exercise in course.exercises:
        path = _folder(course, exercise.id) / "right" / REFERENCE
        if not path.is_file():
            message = f"{exercise.id} has no reference answer: write {path}"
            raise CourseError(message)
        found[exercise.id] = _read(path)
    return found


def submission(course: Course, name: str, sources: Mapping[str, str]) -> Submission:
    """A submission of a file for each exercise that `sources` has an answer to, under the stubs' names."""
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


def _folder(course: Course, exercise_id: str) -> Path:
    return course.graders / "answers" / exercise_id


def _strays(course: Course) -> list[str]:
    """A line for each folder of answers that belongs to no exercise: its id was changed, or mistyped."""
    known = {exercise.id for exercise in course.exercises}
    folders = sorted(
        path for path in (course.graders / "answers").glob("*/") if path.name not in {*known, "__pycache__"}
    )
    return [f"answers/{path.name} belongs to no exercise: name it after an id in course.toml" for path in folders]


def _parse(path: Path, source: str) -> None:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError) as error:
        message = f"{path} is no Python that can be read ({error}): mend it there"
        raise CourseError(message) from error


def _files(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob("*.py")))


def _read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")
