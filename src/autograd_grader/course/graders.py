"""Loading a course's graders: the call plan and the targets of each exercise, checked before they are used."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import ValidationError

from autograd_grader.course.draw import Draw
from autograd_grader.course.imports import load_module
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
    for name in sorted({path.stem for path in folder.glob("*.py")} & sys.stdlib_module_names):
        message = f"{folder / name}.py has the name of a module of Python's, whose place it would take: give it another"
        raise CourseError(message)
    return {e.id: Grader(e, folder / e.grader, _load(folder / e.grader)) for e in exercises}


def _load(path: Path) -> ModuleType:
    if not path.is_file():
        message = f"the course lacks the grader {path}: restore it, or take its exercise out of course.toml"
        raise CourseError(message)
    try:
        return load_module(path)
    except (Exception, SystemExit) as error:
        message = f"the grader {path} can't be loaded: {type(error).__name__}: {error}; mend it there"
        raise CourseError(message) from error
