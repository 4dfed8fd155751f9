"""`course.toml`: the exercises of a course with their titles, files and points, read and checked."""

from __future__ import annotations

import keyword
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from autograd_grader.errors import CourseError
from autograd_grader.model.base import Record

COLUMNS = frozenset({"submission", "score", "max_score", "awaiting_review", "status"})
"""The gradebook's columns besides the exercises'."""
COMMANDS = frozenset({
    "init", "watch", "trace", "hint", "batch", "review", "regrade", "show", "compare", "export", "doctor", "course",
})  # fmt: skip
"""The words after `grade` that are no exercise."""

_ID = re.compile(r"[A-Za-z\d][A-Za-z\d-]*", re.ASCII)

_Points = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class Exercise(Record):
    """One exercise, as `course.toml` describes it."""

    id: str
    title: str
    stub: str
    functions: tuple[str, ...]
    constants: tuple[str, ...] = ()
    grader: str
    points: _Points


class Manifest(Record):
    """A whole `course.toml`."""

    title: str
    exercises: tuple[Exercise, ...]


def read_manifest(stubs: Path, graders: Path) -> Manifest:
    """The manifest of a course with these two folders; raises `CourseError` for the first fault in it."""
    path = stubs / "course.toml"
    try:
        manifest = Manifest.model_validate(tomllib.loads(read_text(path)))
    except tomllib.TOMLDecodeError as error:
        message = f"{path} is not TOML: {error}; mend it there"
        raise CourseError(message) from error
    except ValidationError as error:
        message = f"{path}: {_in_plain_words(error)}"
        raise CourseError(message) from error
    for fault in (*_faults(manifest), *_missing_files(manifest, stubs, graders)):
        message = f"{path}: {fault}"
        raise CourseError(message)
    return manifest


def read_text(path: Path) -> str:
    """The text of one of a course's files; raises `CourseError` where it can't be read."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        message = f"the course lacks {path}: restore it, or install the course again"
        raise CourseError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8 text; store it as such and try again"
        raise CourseError(message) from error


def _in_plain_words(error: ValidationError) -> str:
    """The first fault that pydantic found, in the words of `course.toml`."""
    fault = error.errors(include_url=False)[0]
    names = [str(part) for part in fault["loc"] if isinstance(part, str)]
    places = [part for part in fault["loc"] if isinstance(part, int)]
    where = f"exercise {places[0] + 1}" if names[:1] == ["exercises"] and places else "the course"
    key = names[-1]
    model = Exercise if places else Manifest
    return f"{where} {_FAULTS.get(fault['type'], _OTHER_TYPE)}".format(
        key=key, known=", ".join(model.model_fields), wanted=_wanted(key)
    )


_FAULTS = {
    "missing": "has no `{key}`: add it, {wanted}",
    "extra_forbidden": "has a key `{key}`, which means nothing here: take it out, or mend its name (known: {known})",
}
_OTHER_TYPE = "has a `{key}` that is not {wanted}: mend it"


def _wanted(key: str) -> str:
    lists = {"functions": "names of functions", "constants": "names of constants"}
    if key in lists:
        return f'a list of {lists[key]}, as in {key} = ["first"]'
    if key == "exercises":
        return "a table [[exercises]] for each exercise"
    return "a number, as in points = 10" if key == "points" else f'a text in quotes, as in {key} = "…"'


def _faults(manifest: Manifest) -> Iterator[str]:
    """What is wrong in a manifest that has every key it needs."""
    if not manifest.exercises:
        yield "the course has no exercise: add a table [[exercises]] for each"
    if not _is_title(manifest.title):
        yield "the course's `title` is empty or longer than a line: give it one"
    for number, exercise in enumerate(manifest.exercises, start=1):
        named = f"exercise {number} ({exercise.id})"
        yield from (f"{named}: {fault}" for fault in _faults_of(exercise))
    yield from _shared(manifest.exercises)


def _shared(exercises: Sequence[Exercise]) -> Iterator[str]:
    """What two exercises have in common and each needs for itself."""
    for twin in _twice(e.id.casefold() for e in exercises):
        yield f"two exercises have the id `{twin}`: give one another id"
    for key in ("stub", "grader"):
        for twin in _twice(getattr(e, key) for e in exercises):
            yield f"two exercises have the {key} {twin}: give each exercise a file of its own"
    for twin in _twice(name for e in exercises for name in (*e.functions, *e.constants)):
        yield f"`{twin}` is named twice among `functions` and `constants`: give each function a name of its own"


def _faults_of(exercise: Exercise) -> Iterator[str]:
    yield from _id_faults(exercise.id)
    if not _is_title(exercise.title):
        yield "its `title` is empty or longer than a line: give it one"
    if exercise.points <= 0:
        yield f"its `points` are {exercise.points:g}: give it more than 0"
    if not exercise.functions:
        yield "its `functions` are empty: name the functions that students write"
    for name in (*exercise.functions, *exercise.constants):
        if not name.isidentifier() or keyword.iskeyword(name):
            yield f"`{name}` is no name that Python takes: mend it in `functions` or `constants`"
    if not _is_python_file(exercise.stub):
        yield f"its `stub` {exercise.stub!r} is not the name of a .py file in exercises/: leave folders out"
    if not (_is_python_file(exercise.grader) and exercise.grader.startswith("test_")):
        yield f"its `grader` {exercise.grader!r} is not the name of a test_….py in graders/: leave folders out"


def _id_faults(name: str) -> Iterator[str]:
    if not _ID.fullmatch(name):
        yield "its `id` may have letters, digits and hyphens only, and no hyphen first: mend it"
    if name.casefold() in COLUMNS:
        yield "its `id` is a column of the gradebook: give it another"
    if name.casefold() in COMMANDS:
        yield f"its `id` is a command, `grade {name.casefold()}`: give it another"


def _missing_files(manifest: Manifest, stubs: Path, graders: Path) -> Iterator[str]:
    for number, exercise in enumerate(manifest.exercises, start=1):
        for key, path in (("stub", stubs / exercise.stub), ("grader", graders / exercise.grader)):
            if not path.is_file():
                yield f"exercise {number} ({exercise.id}): its {key} {path} is not there: write it, or mend the name"


def _is_title(text: str) -> bool:
    return bool(text.strip()) and len(text.splitlines()) == 1


def _is_python_file(name: str) -> bool:
    return bool(re.fullmatch(r"[^/\\:\0]+\.py", name))


def _twice(names: Iterable[str]) -> Iterator[str]:
    return (name for name, count in Counter(names).items() if count > 1)
