"""The form `by-hand`: autograd's gradient comes back, and the one that the student derived without it.

Each is one number where there is one leaf, and a sequence of a number a leaf where there are several.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from autograd_grader.course.target import Target
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.numbers import SINGLE_TOLERANCE, all_numbers, close, number_in, row_in
from autograd_grader.grade.forms.form import Form
from autograd_grader.model.observation import Value

if TYPE_CHECKING:
    from autograd_grader.grade.evidence.function import FunctionEvidence

_EXACT = 1e-6
"""Relative. Single precision is exact to a tenth of this; a finite difference seldom is."""


class ByHand(Form):
    """Autograd's gradient and one's own."""

    described = "Functions that return autograd's gradient and the student's own"

    def asked(self, target: Target) -> str:
        """The two gradients' names."""
        each = f", each a number for each of {', '.join(target.leaves)}" if len(target.leaves) > 1 else ""
        return f"({', '.join(gradient_names(target))}){each}"

    def numbers(self, target: Target, call: CallEvidence) -> list[Value] | None:
        """Autograd's numbers, then the student's own."""
        both = read_both(target, call)
        return [*both.autograd, *both.own] if both is not None else None

    def first_gradient(self, target: Target, call: CallEvidence) -> tuple[float | None, ...] | None:
        """Autograd's gradient."""
        both = read_both(target, call)
        numbers = [number_in(value) for value in both.autograd] if both is not None else [None]
        return None if None in numbers else tuple(numbers)

    def bent_is_right(self, target: Target, call: CallEvidence) -> bool:
        """Whether the bent gradient and the gradient itself are both among the numbers that came back."""
        numbers = all_numbers(call.returned)
        gradient = target.expected_gradient(call.args)
        wanted = [*(g * call.plan.bend for g in gradient), *gradient]
        return all(any(close(n, w, call.tolerance) for n in numbers) for w in wanted)

    def note(self, target: Target, call: CallEvidence) -> str | None:
        """Whether the student's own gradient is close to the derivative, and not equal to it."""
        both = read_both(target, call)
        if both is None or call.tolerance > SINGLE_TOLERANCE:
            return None
        pairs = list(zip(map(number_in, both.own), target.expected_gradient(call.args), strict=True))
        right = all(close(number, expected, call.tolerance) for number, expected in pairs)
        if not right or all(close(number, expected, _EXACT) for number, expected in pairs):
            return None
        name = gradient_names(target)[1]
        return f"{name} is close to the derivative, not equal to it: a finite difference? It counts as right."


class BothGradients(NamedTuple):
    """The two gradients that one call returned, each a value a leaf."""

    call: CallEvidence
    autograd: tuple[Value, ...]
    own: tuple[Value, ...]


def gradient_names(target: Target) -> tuple[str, str]:
    """The names of the two gradients, as students know them."""
    return (target.returns[0], target.returns[1]) if len(target.returns) == 2 else ("autograd's", "your own")


def read_both(target: Target, call: CallEvidence | None) -> BothGradients | None:
    """The two gradients that a call returned; None where something else came back."""
    items = call.items(2) if call is not None else None
    if call is None or items is None:
        return None
    if len(target.leaves) == 1:
        return BothGradients(call, (items[0],), (items[1],))
    rows = [row_in(item, len(target.leaves)) for item in items]
    return BothGradients(call, rows[0], rows[1]) if rows[0] is not None and rows[1] is not None else None


def both_gradients(function: FunctionEvidence) -> list[BothGradients]:
    """What the unbent calls returned."""
    found = [read_both(function.target, call) for call in function.returned]
    return [both for both in found if both is not None]


def autograd_followed(function: FunctionEvidence) -> bool:
    """Whether the gradient in autograd's place was bent with the bent call."""
    return _followed(function, 0)


def own_followed(function: FunctionEvidence) -> bool:
    """Whether the gradient in the place of the student's own was bent with the bent call: it is autograd's."""
    return _followed(function, 1)


def _followed(function: FunctionEvidence, index: int) -> bool:
    call = function.bent
    bent, plain = read_both(function.target, call), read_both(function.target, function.twin_of_bent)
    if call is None or bent is None or plain is None:
        return False
    pairs = zip((bent.autograd, bent.own)[index], (plain.autograd, plain.own)[index], strict=True)
    return all((n := number_in(before)) is not None and call.followed(after, n) for after, before in pairs)
