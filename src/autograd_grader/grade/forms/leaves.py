"""The form `tensors`: the leaves and the result computed from them come back, each a tensor with one number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograd_grader.course.target import Target
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.numbers import all_numbers, close, is_printed, number_in
from autograd_grader.grade.forms.form import Form
from autograd_grader.model.observation import Event, Value

if TYPE_CHECKING:
    from autograd_grader.grade.evidence.function import FunctionEvidence


class Leaves(Form):
    """The leaves and the result."""

    described = "Functions that return their leaves and the result"
    returns_tensors = True

    def asked(self, target: Target) -> str:
        """The leaves' names and the result's."""
        return f"({', '.join(returned_names(target))})"

    def bent_is_right(self, target: Target, call: CallEvidence) -> bool:
        """Whether every bent gradient is among the numbers that came back."""
        numbers = all_numbers(call.returned)
        wanted = [g * call.plan.bend for g in target.expected_gradient(call.args)]
        return all(any(close(n, w, call.tolerance) for n in numbers) for w in wanted)

    def side_effects(self, target: Target, call: CallEvidence) -> tuple[Any, ...]:
        """Which gradients an unbent call printed."""
        if call.plan.bend != 1.0:
            return ()
        return tuple(is_printed(call.observed.printed, g) for g in target.expected_gradient(call.args))


def returned_names(target: Target) -> tuple[str, ...]:
    """The names of what comes back, in order."""
    return (*target.leaves, target.result)


class ReturnedLeaves:
    """What one call returned, by role, beside what is right."""

    def __init__(self, target: Target, call: CallEvidence, values: tuple[Value, ...]) -> None:
        """Take the last of `values` for the result and the others for the leaves."""
        self.call = call
        self.leaves = values[:-1]
        self.result = values[-1]
        self.names = target.leaves
        self.numbers = call.args[: len(target.leaves)]
        self.right_value = target.expected_value(call.args)
        self.right_gradient = target.expected_gradient(call.args)

    @property
    def holds_arguments(self) -> bool:
        """Whether each leaf holds its argument."""
        return all(is_number(leaf, n, self.call) for leaf, n in zip(self.leaves, self.numbers, strict=True))

    @property
    def value_is_right(self) -> bool:
        """Whether the result has the right value."""
        return is_number(self.result, self.right_value, self.call)

    @property
    def gradients(self) -> tuple[Value | None, ...]:
        """What stands in each leaf's `.grad`."""
        return tuple(leaf.grad for leaf in self.leaves)

    @property
    def gradient_is_right(self) -> bool:
        """Whether every leaf's `.grad` is right."""
        return self.gradient_is(self.right_gradient)

    def gradient_is(self, numbers: tuple[float, ...]) -> bool:
        """Whether the leaves' `.grad` hold these numbers."""
        pairs = zip(self.gradients, numbers, strict=True)
        return all(grad is not None and is_number(grad, n, self.call) for grad, n in pairs)

    @property
    def cut_off(self) -> list[str]:
        """The names of the leaves that the result's graph does not lead back to."""
        reached = self.call.reached_leaves(self.result)
        return [name for name, leaf in zip(self.names, self.leaves, strict=True) if leaf.leaf not in reached]

    @property
    def assigned_gradient(self) -> Event | None:
        """The event that put something into a leaf's `.grad` by hand."""
        writes = self.call.events("grad-write")
        return next((e for e in writes if e.changes and e.changes[0][2] is not None), None)


def is_number(value: Value, expected: float, call: CallEvidence) -> bool:
    """Whether a value is the expected number."""
    return close(number_in(value), expected, call.tolerance)


def read_leaves(target: Target, call: CallEvidence | None) -> ReturnedLeaves | None:
    """What one call returned, by role; None where it is not the leaves and the result."""
    values = call.items(len(target.leaves) + 1) if call is not None else None
    return ReturnedLeaves(target, call, values) if call is not None and values is not None else None


def returned_leaves(function: FunctionEvidence) -> list[ReturnedLeaves]:
    """What the unbent calls returned, by role."""
    found = [read_leaves(function.target, call) for call in function.returned]
    return [returned for returned in found if returned is not None]


def followed_the_bend(function: FunctionEvidence) -> bool:
    """Whether the gradients of the bent call are bent; True where no call was bent, which shows nothing."""
    if function.bent is None:
        return True
    returned = read_leaves(function.target, function.bent)
    if returned is None:
        return function.bent.stopped_itself
    pairs = zip(returned.gradients, returned.right_gradient, strict=True)
    return all(grad is not None and returned.call.followed(grad, right) for grad, right in pairs)
