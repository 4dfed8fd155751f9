"""What a diagnosis rule is: a small pure function over one function's evidence, with the words that go with it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from autograd_grader.grade.diagnose.words.words import Words
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.model.observation import Event, Failure


@dataclass(frozen=True)
class Finding:
    """What a rule found: the student's own case in a sentence or two, and where it stands."""

    explanation: str
    file: str | None = None
    """The code file name: a path, or `path#cell`."""
    line: int | None = None
    original: str | None = None
    """What Python or PyTorch said."""

    @staticmethod
    def at(event: Event | Failure | None, explanation: str, original: str | None = None) -> Finding:
        """A finding at the place of an event or an exception."""
        if event is None:
            return Finding(explanation, original=original)
        return Finding(explanation, event.file, event.line, original)

    @staticmethod
    def within(function: FunctionEvidence, explanation: str, *names: str, original: str | None = None) -> Finding:
        """A finding where the function first uses one of `names`, or where it is defined."""
        line = function.line_of(*names) or (function.definition.line if function.definition else None)
        return Finding(explanation, function.code_name, line, original)


Find = Callable[[FunctionEvidence], Finding | None]


@dataclass(frozen=True)
class Rule:
    """One misconception that can be recognised."""

    words: Words
    find: Find
    also: bool = False
    """Whether it stands beside another fault; the other rules are not asked once one has spoken."""
    functions: frozenset[str] | None = None
    """The functions that it is asked of; None for all."""

    @property
    def name(self) -> str:
        """The rule's own name, for those who mend it."""
        return getattr(self.find, "__name__", "a rule")


def rule(words: Words, *, also: bool = False, functions: Collection[str] | None = None) -> Callable[[Find], Rule]:
    """Make a function a rule. In its module it is asked after the rules above it, and may rely on their silence.

    It takes a `FunctionEvidence` and gives a `Finding` or None. In a course's own `graders/diagnosis.py`, `functions`
    names the student functions that it is asked of.
    """
    asked = None if functions is None else frozenset(functions)
    return lambda find: Rule(words, find, also, asked)
