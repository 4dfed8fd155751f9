"""What a function is to compute: the facts that a grader's checks, the diagnosis rules and the proof share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

FORMS: Final = ("tensors", "passes", "by-hand")
"""The names of the engine's forms of return; `autograd_grader.grade.forms` says what each means."""


@dataclass(frozen=True)
class Target:
    """One function of an exercise.

    `form` names what comes back, where it is one of the engine's own forms: the leaves and the result (`tensors`), a
    row of gradients a pass (`passes`), or autograd's gradient and the student's own (`by-hand`). Then the first
    arguments of a call are the leaves' numbers, given by position; `passes` takes the number of passes after them.
    Without a form the rules of no form are asked, and the other fields are free.
    """

    form: str | None = None
    leaves: tuple[str, ...] = ()
    """The leaves' names, as students know them."""
    formula: str = ""
    value: Callable[..., float] | None = None
    """The function's value at the leaves' numbers."""
    gradient: Callable[..., tuple[float, ...]] | None = None
    """The partial derivatives at the leaves' numbers, one for each leaf."""
    returns: tuple[str, ...] = ()
    """The names of what comes back, in order: of one pass's gradients for `passes`, of the two gradients for `by-hand`;
    for `tensors` they are the leaves and the result."""
    zeroes: bool = False
    """For `passes`: whether the gradients are zeroed between passes."""
    arguments: tuple[str, ...] = ()
    """The parameters' names that the leaves are made from; the leaves' own names where there are none."""
    result: str = "f"
    """What students call the value that is differentiated: `f`, `loss`, …"""

    def expected_value(self, args: Sequence[Any]) -> float:
        """The function's value at the leaves' numbers."""
        if self.value is None:
            message = "the target has no value"
            raise ValueError(message)
        return self.value(*args[: len(self.leaves)])

    def expected_gradient(self, args: Sequence[Any]) -> tuple[float, ...]:
        """The partial derivatives at the leaves' numbers."""
        if self.gradient is None:
            message = "the target has no gradient"
            raise ValueError(message)
        return self.gradient(*args[: len(self.leaves)])
