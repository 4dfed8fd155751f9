"""A plan and a submission made of a few lines, and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

from autograd_grader.model.plan import Call, ExercisePlan, Plan
from autograd_grader.model.submission import Cell, SourceFile, Submission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograd_grader.model.observation import CallObservation, Observation, Value
    from autograd_grader.observe.observer import Observer

RIGHT = """
import torch

def f(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z**2 + 4 * z
    f.backward()
    print("gradient", z.grad)
    return z, f
"""


def source_file(path: str, source: str, modified: float = 0.0) -> SourceFile:
    """A `.py` file."""
    return SourceFile(path=path, cells=(Cell(source=dedent(source)),), modified=modified)


def notebook(*cells: str, path: str = "work.ipynb") -> SourceFile:
    """A notebook whose code cells are these."""
    return SourceFile(path=path, cells=tuple(Cell(source=dedent(c), number=n) for n, c in enumerate(cells, start=1)))


def submission(*files: SourceFile) -> Submission:
    """One student's work."""
    return Submission(id="student", origin="student", files=files)


def exercise(*calls: Call, id: str = "ex1", file: str = "ex1.py", constants: Sequence[str] = ()) -> ExercisePlan:  # noqa: A002
    """The plan of one exercise; calls are told apart by their place where they bear no id."""
    return ExercisePlan(exercise=id, file=file, calls=calls, constants=tuple(constants))


def calls_of(function: str, *arguments: tuple[float, ...]) -> tuple[Call, ...]:
    """One call for each tuple of arguments, named `0`, `1`, …"""
    return tuple(Call(id=str(n), function=function, args=args) for n, args in enumerate(arguments))


@dataclass(frozen=True)
class Seam:
    """Runs student code through an observer."""

    observer: Observer

    def observe(self, files: Sequence[SourceFile], *exercises: ExercisePlan) -> Observation:
        """The observation of a submission of these files."""
        return self.observer.observe(submission(*files), Plan(seed="0", exercises=exercises))

    def calls(self, source: str, *arguments: tuple[float, ...], bend: float = 1.0) -> tuple[CallObservation, ...]:
        """What came of the calls of the function `f` in `source`, one for each tuple of arguments."""
        planned = tuple(c.model_copy(update={"bend": bend}) for c in calls_of("f", *(arguments or ((),))))
        return self.observe([source_file("ex1.py", source)], exercise(*planned)).calls

    def call(self, source: str, *arguments: float, bend: float = 1.0) -> CallObservation:
        """What came of one call of the function `f` in `source`."""
        (call,) = self.calls(source, arguments, bend=bend)
        return call

    def returned(self, source: str, *arguments: float, bend: float = 1.0) -> Value:
        """What `f` in `source` returned."""
        call = self.call(source, *arguments, bend=bend)
        assert call.outcome == "returned", call.error or call.detail
        assert call.returned is not None
        return call.returned


def numbers_in(value: Value | None) -> list[float]:
    """All numbers in a value, in order."""
    if value is None:
        return []
    if value.kind == "number":
        assert isinstance(value.value, float)
        return [value.value]
    return [*(value.values or ()), *(n for item in value.items for n in numbers_in(item))]


def texts_in(value: Value) -> list[str]:
    """The texts of a list of texts."""
    return [str(item.value) for item in value.items]
