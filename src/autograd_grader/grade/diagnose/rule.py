"""What a diagnosis rule is: a small pure function over one function's case, with the words that go with it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograd_grader.grade.evidence import CallEvidence, ExerciseEvidence
from autograd_grader.grade.evidence.numbers import close, number_in
from autograd_grader.model.observation import Definition, Event, Failure, Value

DOCS = "https://docs.pytorch.org/docs/stable/"
AUTOGRAD = DOCS + "notes/autograd.html"
TENSOR = DOCS + "generated/torch.Tensor."


@dataclass(frozen=True)
class Finding:
    """What a rule found: the student's own case in a sentence or two, and where it stands."""

    explanation: str
    file: str | None = None
    """The code file name: a path, or `path#cell`."""
    line: int | None = None
    original: str | None = None

    @staticmethod
    def at(event: Event | Failure | None, explanation: str, original: str | None = None) -> Finding:
        """A finding at the place of an event or an exception."""
        if event is None:
            return Finding(explanation, original=original)
        return Finding(explanation, event.file, event.line, original)


@dataclass(frozen=True)
class Rule:
    """One misconception that can be recognised."""

    slug: str
    title: str
    hint: str
    link: str
    find: Callable[[Case], Finding | None]
    also: bool = False
    """Whether it stands beside another fault; the other rules are not asked once one has spoken."""


def rule(
    slug: str, title: str, hint: str, link: str = AUTOGRAD, *, also: bool = False
) -> Callable[[Callable[[Case], Finding | None]], Rule]:
    """Make a function a rule. In its module it is asked after the rules above it, and may rely on their silence."""
    return lambda find: Rule(slug, title, hint, link, find, also)


class Case:
    """One student function: its planned calls, what was observed, and what it was to compute."""

    def __init__(self, seen: ExerciseEvidence, function: str) -> None:
        """Look at `function` of the exercise `seen`."""
        self.seen = seen
        self.function = function
        self.subject = seen.subjects[function]
        self.calls = seen.straight(function)
        self.bent = seen.bent(function)
        self.article = self.calls[0]
        self.again = self.calls[-1]
        self.others = self.calls[1:-1]

    @functools.cached_property
    def definition(self) -> Definition | None:
        """Where and how the function is bound."""
        return self.seen.definition(self.function)

    @functools.cached_property
    def raised(self) -> tuple[CallEvidence, Failure] | None:
        """The first straight call that raised, and what."""
        for call in self.calls:
            if call.observed.outcome == "raised" and call.observed.error is not None:
                return call, call.observed.error
        return None

    @functools.cached_property
    def done(self) -> tuple[CallEvidence, ...]:
        """The straight calls that returned."""
        return tuple(call for call in self.calls if call.returned is not None)

    def line_of(self, *names: str) -> int | None:
        """The first line on which the function uses one of these names."""
        uses = self.definition.uses if self.definition else ()
        lines = [line for name, line in uses if name in names]
        return min(lines) if lines else None

    def place(self, line: int | None) -> tuple[str | None, int | None]:
        """The code file name of the definition, and a line in it."""
        path = self.seen.path(self.function)
        cell = self.definition.cell if self.definition else None
        return (None if path is None else path if cell is None else f"{path}#{cell}"), line

    def here(self, explanation: str, *names: str) -> Finding:
        """A finding where the function first uses one of `names`, or where it is defined."""
        line = self.line_of(*names) or (self.definition.line if self.definition else None)
        file, line = self.place(line)
        return Finding(explanation, file, line)

    def gradient(self, call: CallEvidence) -> tuple[float, ...]:
        """The right partial derivatives in a call."""
        return self.subject.expected_gradient(call.args)

    def value(self, call: CallEvidence) -> float:
        """The right value of f in a call."""
        return self.subject.expected_value(call.args)


def walks(call: CallEvidence) -> list[Event]:
    """Every walk of a graph that succeeded."""
    return [event for event in call.events("backward", "grad") if event.error is None]


def backwards(call: CallEvidence) -> list[Event]:
    """The walks that were to fill `.grad`."""
    return [event for event in call.events("backward") if event.error is None]


def made(call: CallEvidence, tensor: int) -> Event | None:
    """The event that made a tensor."""
    return next((event for event in call.observed.events if event.output == tensor), None)


def cuts(call: CallEvidence) -> list[Event]:
    """What takes numbers out of the graph."""
    kinds = ("item", "detach", "data", "numpy")
    found = [e for e in call.events(*kinds) if e.error is None or e.kind == "numpy"]
    modes = [e for e in call.events("grad-mode") if e.value == 0.0]
    copies = [e for e in call.events("op") if e.name in ("tensor", "as_tensor", "asarray") and e.tensors]
    return sorted([*found, *modes, *copies], key=call.observed.events.index)


def is_zero(value: Value) -> bool:
    """Whether a value is the number nought."""
    return number_in(value) == 0.0


def is_number(value: Value, expected: float, call: CallEvidence) -> bool:
    """Whether a value is the expected number."""
    return close(number_in(value), expected, call.tolerance)


def leaf_values(call: CallEvidence) -> Iterator[tuple[int, float | None]]:
    """The numbers that the leaves hold."""
    for number, leaf in enumerate(call.observed.leaves):
        yield number, number_in(leaf)


def empty_read(call: CallEvidence) -> Event | None:
    """The last time `.grad` was read and was empty."""
    reads = [e for e in call.events("grad-read") if e.output is None]
    return reads[-1] if reads else None


def describe_cut(event: Event) -> str:
    """What took a number out of the graph, as it is written."""
    words = {
        "item": "a plain Python number",
        "numpy": "NumPy",
        "data": "`.data`",
        "detach": "`.detach()`",
        "grad-mode": "`torch.no_grad()`",
    }
    return words.get(event.kind, f"`torch.{event.name}(…)` makes a new tensor")
