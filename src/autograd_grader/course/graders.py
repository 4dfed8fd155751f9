"""Loading a course's graders: the call plan and the targets of each exercise, checked before they are used."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import ValidationError

from autograd_grader.course.draw import Draw
from autograd_grader.course.manifest import Exercise
from autograd_grader.course.soundness import argument_fault, names_faults, plan_faults, target_faults
from autograd_grader.course.target import Target
from autograd_grader.errors import CourseError
from autograd_grader.model.plan import MAX_VALUES, Call, ExercisePlan


class Grader:
    """What a grader says beside its checks: the calls of its exercise, and what each function is to compute."""

    def __init__(self, exercise: Exercise, path: Path, module: ModuleType) -> None:
        """Take these from a loaded `module`; raises `CourseError` where they are not sound."""
        self._exercise = exercise
        self._path = path
        self._make_plan: Any = getattr(module, "plan", None)
        self._max_values = getattr(module, "MAX_VALUES", MAX_VALUES)
        targets = getattr(module, "TARGETS", {})
        faults = (*names_faults(self._make_plan, self._max_values), *target_faults(exercise, targets))
        if faults:
            raise self._unsound(faults[0])
        self._sound: set[object] = set()
        self.targets: Mapping[str, Target] = {name: targets.get(name, Target()) for name in exercise.functions}

    def plan(self, seed: str) -> ExercisePlan:
        """The calls of the exercise, its numbers drawn from `seed`; raises `CourseError` where they are not sound."""
        calls = self._calls(Draw(f"{seed}:{self._exercise.id}"))
        layout = tuple((call.id, call.function, call.bend != 1.0, *map(type, call.args)) for call in calls)
        if layout not in self._sound:  # a class has thousands of plans that differ in their numbers alone
            for fault in plan_faults(self._exercise, self.targets, calls):
                raise self._unsound(fault)
            self._sound.add(layout)
        return ExercisePlan(
            exercise=self._exercise.id,
            file=self._exercise.stub,
            calls=calls,
            constants=self._exercise.constants,
            max_values=self._max_values,
        )

    def _calls(self, draw: Draw) -> tuple[Call, ...]:
        try:
            calls = tuple(self._make_plan(draw))
        except ValidationError as error:
            raise self._unsound(argument_fault(error)) from error
        except Exception as error:
            message = f"`plan` raised {type(error).__name__}: {error}; mend it there"
            raise self._unsound(message) from error
        if not all(isinstance(call, Call) for call in calls):
            message = "`plan` gives something that is no call: give a list of `Call(…)`"
            raise self._unsound(message)
        return calls

    def _unsound(self, words: str) -> CourseError:
        return CourseError(f"the grader {self._path}: {words}")


def load_graders(folder: Path, exercises: Sequence[Exercise]) -> Mapping[str, Grader]:
    """The grader of each exercise, by its id; raises `CourseError` where one can't be loaded or is not sound."""
    with _siblings(folder):
        paths = {exercise.id: folder / exercise.grader for exercise in exercises}
        modules = {name: _load(path) for name, path in paths.items()}
    return {e.id: Grader(e, paths[e.id], modules[e.id]) for e in exercises}


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"autograd_grader_plan_{path.stem}", path)
    if spec is None or spec.loader is None or not path.is_file():
        message = f"the course lacks the grader {path}: restore it, or take its exercise out of course.toml"
        raise CourseError(message)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        message = f"the grader {path} can't be loaded: {type(error).__name__}: {error}; mend it there"
        raise CourseError(message) from error
    return module


@contextmanager
def _siblings(folder: Path) -> Iterator[None]:
    """Let graders import the files beside them, and forget these again: another course has others of the same names.

    Raises `CourseError` where one has the name of a module of Python's, which would be imported in its place.
    """
    names = {path.stem for path in folder.glob("*.py")}
    for name in sorted(names & sys.stdlib_module_names):
        message = f"{folder / name}.py has the name of a module of Python's: give it another"
        raise CourseError(message)
    place = str(folder.resolve())
    others = {name: sys.modules.pop(name) for name in names & sys.modules.keys()}
    before = set(sys.modules)
    sys.path.insert(0, place)
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(place)
        for name in set(sys.modules) - before:
            origin = getattr(sys.modules[name], "__file__", None)
            if origin is not None and Path(origin).is_relative_to(place):
                del sys.modules[name]
        sys.modules.update(others)
