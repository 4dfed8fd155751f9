"""What a grader is written with: a check is a pytest test with a title and points, over the evidence of one exercise.

::

    @check("z is a leaf that requires grad", points=1.5)
    def test_leaf(evidence: ExerciseEvidence) -> None:
        for call in evidence:
            z, _ = returned(call, 2)
            expect(z.is_leaf, "z is the result of an operation")
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

import pytest

from autograd_grader.grade.evidence import CallEvidence, ExerciseEvidence
from autograd_grader.grade.evidence.numbers import FLOATING, close, number_in
from autograd_grader.grade.evidence.shown import describe_value, show
from autograd_grader.model.base import Record
from autograd_grader.model.observation import Value


class Check(Record):
    """What a check is called and worth."""

    title: str
    points: float


def check(
    title: str, *, points: float
) -> Callable[[Callable[[ExerciseEvidence], None]], Callable[[ExerciseEvidence], None]]:
    """Make a pytest function a check; its name without `test_` is the check's id."""

    def mark(function: Callable[[ExerciseEvidence], None]) -> Callable[[ExerciseEvidence], None]:
        function.check = Check(title=title, points=points)  # type: ignore[attr-defined]
        return function

    return mark


def fail(message: str) -> NoReturn:
    """Fail the check with a message in the student's terms."""
    pytest.fail(message, pytrace=False)


def expect(condition: object, message: str) -> None:
    """Fail the check with `message` unless the condition holds."""
    if not condition:
        fail(message)


def await_review(text: str) -> NoReturn:
    """Leave the check's points open until a person has read `text`."""
    pytest.skip(text)


def returned(call: CallEvidence, count: int, what: str) -> tuple[Value, ...]:
    """The `count` values that a call returned; fails where it did not return, or returned something else."""
    expect(call.returned is not None and not call.observed.too_much_output, call.why_not())
    items = call.items(count)
    if items is None:
        fail(f"{call.text} returned {describe_value(call.returned)}; {what} was asked for")
    return items


def scalar_tensor(value: Value, name: str) -> float:
    """The number in a tensor with one floating-point element; fails for any other value."""
    expect(value.kind == "tensor", f"{name} is {describe_value(value)}; a tensor was asked for")
    expect(value.dtype in FLOATING, f"{name} holds {value.dtype} numbers; gradients need floating-point ones")
    number = number_in(value)
    if number is None:
        fail(f"{name} has the shape {list(value.shape or ())}; one number was asked for")
    return number


def agree(call: CallEvidence, value: Value | float | None, expected: float, name: str) -> None:
    """Fail unless a value is the expected number."""
    number = value if isinstance(value, float) else number_in(value)
    if not close(number, expected, call.tolerance):
        fail(f"{name} is {show(number)} in {call.text}; {show(expected)} is right")
