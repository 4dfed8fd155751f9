"""The course: which exercises there are, their stubs, and the graders with their call plans."""

from __future__ import annotations

import functools
import hashlib
import random
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import ValidationError

from autograd_grader.course.imports import load_module
from autograd_grader.course.target import Target
from autograd_grader.errors import CourseError
from autograd_grader.model.base import Record
from autograd_grader.model.plan import Call, ExercisePlan, Plan
from autograd_grader.model.submission import Submission

_PACKAGE = Path(__file__).parents[1]
_STEPS = 16


class Exercise(Record):
    """One exercise, as `course.toml` describes it."""

    id: str
    title: str
    stub: str
    functions: tuple[str, ...]
    constants: tuple[str, ...] = ()
    grader: str
    points: float


class _Manifest(Record):
    title: str
    exercises: tuple[Exercise, ...]


class Draw:
    """Draws the numbers that functions are called with besides the article's.

    They lie between 0.5 and 8 in size and are odd sixteenths: exact in half precision, never whole, never one that a
    wrong answer could be right for by chance.
    """

    def __init__(self, seed: str) -> None:
        """Draw from `seed`: the same seed gives the same numbers."""
        self._random = random.Random(seed)  # noqa: S311 - numbers for exercises, not secrets

    def number(self) -> float:
        """One number, negative as often as not."""
        return self._random.choice((-1, 1)) * self._random.randrange(_STEPS // 2 + 1, 8 * _STEPS, 2) / _STEPS

    def numbers(self, count: int, accept: Callable[..., bool] = lambda *_: True) -> tuple[float, ...]:
        """As many numbers as asked for that `accept` takes together."""
        while True:
            drawn = tuple(self.number() for _ in range(count))
            if len({abs(n) for n in drawn}) == count and accept(*drawn):
                return drawn

    def bend(self) -> float:
        """The factor of a bent call: exact in half precision, and far from 1, 2, 3 and their inverses."""
        return self._random.choice((0.625, 1.375, 1.625, 2.375, 2.625))


def no_cancellation(*terms: float) -> bool:
    """Whether the terms add up without cancelling, so that a sum in half precision keeps its figures."""
    return abs(sum(terms)) >= 0.5 * sum(abs(term) for term in terms)


class Course:
    """A course folder: `exercises/` with `course.toml` and the stubs, and `graders/`."""

    def __init__(self, root: Path) -> None:
        """Read the course at `root`; raises `CourseError` when it is not sound."""
        self.root = root
        self.stubs = root / "exercises"
        self.graders = root / "graders"
        manifest = _read_manifest(self.stubs / "course.toml")
        self.title = manifest.title
        self.exercises = manifest.exercises

    def plan(self, submission: Submission, seed: str | None = None) -> Plan:
        """The call plan for one submission, its numbers drawn from `seed`.

        Without one, the seed is the digest of its sources: the same work is always called with the same numbers, and
        an answer that was written for the numbers of one run is another work, with others.
        """
        seed = seed or submission.digest()[:16]
        return Plan(seed=seed, exercises=tuple(self._exercise_plan(exercise, seed) for exercise in self.exercises))

    def targets(self, exercise: Exercise) -> Mapping[str, Target]:
        """What each function of an exercise is to compute."""
        targets: Mapping[str, Target] = self._modules[exercise.id].TARGETS
        return {name: targets.get(name, Target()) for name in exercise.functions}

    @property
    def rules_file(self) -> Path | None:
        """The file of the course's own diagnosis rules, where it has some."""
        path = self.graders / "diagnosis.py"
        return path if path.is_file() else None

    def stub_text(self, exercise: Exercise) -> str:
        """The source of an exercise's stub."""
        return _read(self.stubs / exercise.stub)

    def digest(self) -> str:
        """The SHA-256 of all that marks depend on, in hexadecimal: manifest, stubs and graders."""
        sha = hashlib.sha256()
        names = ("course.toml", *(exercise.stub for exercise in self.exercises))
        for path in (*(self.stubs / name for name in names), *sorted(self.graders.glob("*.py"))):
            text = _read(path).encode()
            sha.update(f"{path.name}\0{len(text)}\0".encode() + text)
        return sha.hexdigest()

    @functools.cached_property
    def grader_files(self) -> tuple[Path, ...]:
        """The graders' pytest files, in the exercises' order."""
        return tuple(self.graders / exercise.grader for exercise in self.exercises)

    def _exercise_plan(self, exercise: Exercise, seed: str) -> ExercisePlan:
        calls: Sequence[Call] = self._modules[exercise.id].plan(Draw(f"{seed}:{exercise.id}"))
        return ExercisePlan(exercise=exercise.id, file=exercise.stub, calls=tuple(calls), constants=exercise.constants)

    @functools.cached_property
    def _modules(self) -> dict[str, Any]:
        return {e.id: _load_grader(self.graders / e.grader) for e in self.exercises}


def default_course() -> Course:
    """The course that came with this installation: inside the wheel, or the checkout that the package lies in."""
    inside = _PACKAGE / "_course"
    return Course(inside if inside.is_dir() else _PACKAGE.parents[1])


def _read_manifest(path: Path) -> _Manifest:
    try:
        return _Manifest.model_validate(tomllib.loads(_read(path)))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        message = f"{path} is not sound: {str(error).splitlines()[0]}; mend it and try again"
        raise CourseError(message) from error


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        message = f"the course lacks {path}: restore it, or install the program again"
        raise CourseError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8 text; store it as such and try again"
        raise CourseError(message) from error


def _load_grader(path: Path) -> ModuleType:
    if not path.is_file():
        message = f"the course lacks the grader {path}: restore it, or take its exercise out of course.toml"
        raise CourseError(message)
    try:
        module = load_module(path)
    except Exception as error:
        message = f"the grader {path} can't be loaded: {type(error).__name__}: {error}"
        raise CourseError(message) from error
    for name in ("plan", "TARGETS"):
        if not hasattr(module, name):
            message = f"the grader {path} lacks `{name}`; see the graders beside it"
            raise CourseError(message)
    return module
