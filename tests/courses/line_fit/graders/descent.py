"""Gradient descent on the mean squared error of a line, in plain Python: what both loops are to come to.

The mistakes that students make are descents too, which differ in one thing from the right one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograd_grader.grading import (
    CallEvidence,
    Draw,
    Value,
    agree,
    close,
    describe_value,
    expect,
    fail,
    items_of,
    number_in,
)

RATE = 0.1
"""The learning rate of every call; with points of about one in size a few steps stay stable."""


@dataclass(frozen=True)
class Task:
    """What one call of a fit asks for."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    lr: float
    steps: int
    momentum: float = 0.0
    bend: float = 1.0
    """The factor of every gradient in a bent call."""


@dataclass(frozen=True)
class Mistake:
    """In what a descent differs from the right one."""

    uphill: bool = False
    summed: bool = False
    """The loss is the sum of the squares, not their mean."""
    kept: tuple[bool, bool] = (False, False)
    """Whose gradient is not zeroed: the slope's, the intercept's."""
    still: bool = False
    """The intercept stays where it is."""
    late: bool = False
    """Each loss is recorded after its step."""


RIGHT = Mistake()


@dataclass(frozen=True)
class Fit:
    """A line, and the loss before each step that led to it."""

    w: float
    b: float
    losses: tuple[float, ...]


def descend(task: Task, mistake: Mistake = RIGHT) -> Fit:
    """The fit that `task` leads to, with one mistake or with none."""
    line, velocity, held = [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]
    size = 1 if mistake.summed else len(task.x)
    losses = []
    for _ in range(task.steps):
        errors = _errors(task, line)
        losses.append(sum(e * e for e in errors) / size)
        slopes = [2 * sum(e * x for e, x in zip(errors, task.x, strict=True)) / size, 2 * sum(errors) / size]
        held = [slope * task.bend + kept * old for slope, kept, old in zip(slopes, mistake.kept, held, strict=True)]
        velocity = [task.momentum * v + h for v, h in zip(velocity, held, strict=True)]
        rates = (task.lr, 0.0 if mistake.still else task.lr)
        line = [p - (-r if mistake.uphill else r) * v for p, r, v in zip(line, rates, velocity, strict=True)]
    if mistake.late:
        losses = [*losses[1:], sum(e * e for e in _errors(task, line)) / size]
    return Fit(line[0], line[1], tuple(losses))


def _errors(task: Task, line: Sequence[float]) -> list[float]:
    w, b = line
    return [w * x + b - y for x, y in zip(task.x, task.y, strict=True)]


def draw_task(draw: Draw, count: int, steps: int, *, momentum: float = 0.0, bend: float = 1.0) -> Task:
    """Points near a drawn line, such that no mistake comes near to the right fit, bent or not.

    They have two decimals, so that a student can type them in from a report.
    """

    def task_of(*numbers: float) -> Task:
        slope, intercept, *rest = numbers
        x = tuple(round(0.1 * number, 2) for number in rest[:count])
        y = tuple(round(slope * at + intercept + 0.1 * off, 2) for at, off in zip(x, rest[count:], strict=True))
        return Task(x, y, RATE, steps, momentum)

    def fair(*numbers: float) -> bool:
        task = task_of(*numbers)
        return all(_is_fair(t) for t in (task, replace(task, bend=bend), replace(task, steps=1)))

    return task_of(*draw.numbers(2 + 2 * count, fair))


def _is_fair(task: Task) -> bool:
    """Whether slope and intercept are far from nought, and each loss from the next."""
    fit = descend(task)
    apart = all(abs(one - next_) > 0.01 * one for one, next_ in zip(fit.losses, fit.losses[1:], strict=False))
    return apart and min(abs(fit.w), abs(fit.b)) > 0.1 * max(abs(fit.w), abs(fit.b))


def task_of(call: CallEvidence) -> Task:
    """What a call asks for; its data are two tensors or two lists."""
    x, y, lr, steps = call.args
    named: Mapping[str, Any] = call.plan.kwargs
    return Task(_numbers(x), _numbers(y), lr, steps, named.get("momentum", 0.0), call.plan.bend)


def _numbers(argument: Any) -> tuple[float, ...]:
    return tuple(getattr(argument, "tensor", argument))


def fit_in(call: CallEvidence) -> tuple[Value, Value, tuple[Value, ...]] | None:
    """The returned slope, intercept and losses, each a number; None where something else came back."""
    items = call.items(3)
    losses = items_of(items[2]) if items else None
    if items is None or losses is None or any(number_in(value) is None for value in (*items[:2], *losses)):
        return None
    return items[0], items[1], losses


def losses_in(call: CallEvidence) -> int | None:
    """How many losses came back, however many of them were observed; None where the third value is no row of them."""
    items = call.items(3)
    if items is None or items[2].length is not None:
        return items[2].length if items else None
    return items[2].shape[0] if items[2].shape else None


def returned_fit(call: CallEvidence) -> tuple[Value, Value, tuple[Value, ...]]:
    """The same, or the check fails: for each step one loss is asked for."""
    expect(call.returned is not None, call.why_not())
    found = fit_in(call)
    if found is None:
        fail(f"{call.text} returned {describe_value(call.returned)}; (w, b, losses) was asked for")
    steps = task_of(call).steps
    expect(len(found[2]) == steps, f"{call.text} recorded {len(found[2])} losses; {steps} steps were asked for")
    return found


def comes_to(call: CallEvidence, fit: Fit) -> bool:
    """Whether a call gave this very fit."""
    found = fit_in(call)
    if found is None or len(found[2]) != len(fit.losses):
        return False
    pairs = zip((*found[:2], *found[2]), (fit.w, fit.b, *fit.losses), strict=True)
    return all(_agrees(call, value, number) for value, number in pairs)


def _agrees(call: CallEvidence, value: Value, number: float) -> bool:
    return number_in(value) == 0.0 if number == 0.0 else close(number_in(value), number, call.tolerance)


def shows(call: CallEvidence, mistake: Mistake) -> bool:
    """Whether a call gave the fit of one mistake, and not the right one."""
    task = task_of(call)
    return comes_to(call, descend(task, mistake)) and not comes_to(call, descend(task))


def follows(call: CallEvidence) -> None:
    """Fail unless a call gave the right fit."""
    w, b, losses = returned_fit(call)
    fit = descend(task_of(call))
    for number, (value, right) in enumerate(zip(losses, fit.losses, strict=True), start=1):
        agree(call, value, right, f"the loss before step {number}")
    agree(call, w, fit.w, "w")
    agree(call, b, fit.b, "b")
