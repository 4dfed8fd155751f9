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
    tuple of gradients a pass (`passes`), or autograd's gradient and the student's own (`by-hand`). Then the first
    arguments are the leaves' numbers. Without a form the rules of no form are asked, and the other fields are free.
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
    """The names of what comes back, in order; for `passes` of one pass's gradients."""
    zeroes: bool = False
    """For `passes`: whether the gradients are zeroed between passes."""

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
