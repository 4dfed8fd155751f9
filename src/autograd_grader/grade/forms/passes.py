"""The form `passes`: a row of gradients comes back for each pass, one gradient a leaf."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from autograd_grader.course.target import Target
from autograd_grader.grade.evidence.autograd import filled_leaves
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.numbers import all_numbers, close, items_of, number_in, row_in, rows_in
from autograd_grader.grade.evidence.shown import show_row
from autograd_grader.grade.forms.form import Form
from autograd_grader.model.observation import Value

if TYPE_CHECKING:
    from autograd_grader.grade.evidence.function import FunctionEvidence

_ROWS = {1: "number", 2: "pair", 3: "triple"}


class Passes(Form):
    """A row of gradients a pass."""

    described = "Functions that record a row of gradients a pass"

    def asked(self, target: Target) -> str:
        """A list of rows, with their names."""
        names = target.returns or tuple(f"{leaf}.grad" for leaf in target.leaves)
        return f"a list of {row_word(target, 2)} ({', '.join(names)}), one a pass"

    def numbers(self, target: Target, call: CallEvidence) -> list[Value] | None:
        """The gradients, row after row."""
        rows = items_of(call.returned)
        found = None if rows is None else [row_in(row, len(target.leaves)) for row in rows]
        return None if found is None or None in found else [value for row in found for value in row or ()]

    def first_gradient(self, target: Target, call: CallEvidence) -> tuple[float | None, ...] | None:
        """The first pass's row."""
        recorded = read_passes(target, call)
        return recorded.numbers[0] if recorded is not None and recorded.numbers else None

    def passes(self, target: Target, call: CallEvidence) -> int:
        """The argument after the leaves' numbers."""
        return int(call.args[len(target.leaves)])

    def bent_is_right(self, target: Target, call: CallEvidence) -> bool:
        """Whether every number that came back is a bent gradient, or the sum of as many as there were passes."""
        numbers = all_numbers(call.returned)
        times = (1,) if target.zeroes else range(1, self.passes(target, call) + 1)
        right = [k * g * call.plan.bend for g in target.expected_gradient(call.args) for k in times]
        return bool(numbers) and all(any(close(n, r, call.tolerance) for r in right) for n in numbers)

    def side_effects(self, target: Target, call: CallEvidence) -> tuple[Any, ...]:  # noqa: ARG002
        """The leaves that each backward filled, numbered as they come up."""
        numbers: dict[int, int] = {}
        filled = []
        for event in call.events("backward"):
            leaves = sorted(leaf for leaf, _, _ in event.changes if leaf in event.leaves)
            filled.append(tuple(numbers.setdefault(leaf, len(numbers)) for leaf in leaves))
        return tuple(filled)


def row_word(target: Target, count: int) -> str:
    """What a pass's gradients are called: a pair, or a number of pairs."""
    word = _ROWS.get(len(target.leaves), "row")
    return word if count == 1 else f"{word}s"


class RecordedPasses:
    """The gradients that one call recorded, beside the right ones."""

    def __init__(self, target: Target, call: CallEvidence, rows: Sequence[tuple[Value, ...]]) -> None:
        """Take each of `rows` for a pass."""
        self.target = target
        self.call = call
        self.rows = rows
        self.numbers = [tuple(number_in(value) for value in row) for row in rows]
        self.once = target.expected_gradient(call.args)
        self.asked = Passes().passes(target, call)

    def is_times(self, column: int, factors: Sequence[int]) -> bool:
        """Whether a column holds these multiples of its gradient."""
        column_numbers = [row[column] for row in self.numbers]
        once, tolerance = self.once[column], self.call.tolerance
        return len(factors) == len(column_numbers) and all(
            close(n, once * k, tolerance) for n, k in zip(column_numbers, factors, strict=True)
        )

    @property
    def same_columns(self) -> list[bool]:
        """Of each leaf, whether every pass holds its gradient once."""
        return [self.is_times(column, [1] * len(self.rows)) for column in range(len(self.once))]

    @property
    def same(self) -> bool:
        """Whether every pass holds the gradient once."""
        return bool(self.rows) and all(self.same_columns)

    @property
    def growing(self) -> bool:
        """Whether pass k holds k times the gradient."""
        factors = range(1, len(self.rows) + 1)
        return bool(self.rows) and all(self.is_times(column, factors) for column in range(len(self.once)))

    @property
    def is_right(self) -> bool:
        """Whether these are the numbers asked for."""
        return (self.same if self.target.zeroes else self.growing) and len(self.rows) == self.asked

    @property
    def first_is_right(self) -> bool:
        """Whether the first pass recorded the gradient."""
        return all(close(n, g, self.call.tolerance) for n, g in zip(self.numbers[0], self.once, strict=True))

    @property
    def shares_memory(self) -> bool:
        """Whether two passes recorded the same memory, so that one change shows in both."""
        for column in zip(*self.rows, strict=True):
            memory = [v.memory for v in column if v.memory is not None]
            if len(memory) > 1 and len(set(memory)) < len(memory):
                return True
        return False

    @property
    def fresh_leaves(self) -> bool:
        """Whether backward filled more leaves than one set of them."""
        return len(filled_leaves(self.call)) > len(self.once)

    def in_order(self, order: Sequence[int]) -> RecordedPasses:
        """The same with the columns in another order."""
        return RecordedPasses(self.target, self.call, [tuple(row[column] for column in order) for row in self.rows])

    def shown(self, index: int) -> str:
        """One pass's numbers."""
        return show_row(self.numbers[index]) if self.numbers else "nothing"

    def shown_right(self) -> str:
        """The gradient, once."""
        return show_row(self.once)


def read_passes(target: Target, call: CallEvidence | None) -> RecordedPasses | None:
    """What one call recorded; None where it did not return rows of numbers."""
    rows = rows_in(call.returned, len(target.leaves)) if call is not None else None
    return RecordedPasses(target, call, rows) if call is not None and rows is not None else None


def recorded_passes(function: FunctionEvidence) -> list[RecordedPasses]:
    """What the unbent calls recorded."""
    found = [read_passes(function.target, call) for call in function.returned]
    return [recorded for recorded in found if recorded is not None]
