"""What a function is to compute: the mathematics that a grader's checks and the diagnosis rules share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Subject:
    """One function of an exercise.

    `form` says what comes back: the leaves and the result (`tensors`), a pair of gradients a pass (`passes`), or
    autograd's gradient and the student's own (`by-hand`). The first arguments are the leaves' numbers.
    """

    form: Literal["tensors", "passes", "by-hand"]
    leaves: tuple[str, ...]
    formula: str
    value: Callable[..., float]
    gradient: Callable[..., tuple[float, ...]]
    zeroes: bool = False
    """For `passes`: whether the gradients are zeroed between passes."""

    def expected_value(self, args: tuple[float, ...]) -> float:
        """The function's value at the leaves' numbers."""
        return self.value(*args[: len(self.leaves)])

    def expected_gradient(self, args: tuple[float, ...]) -> tuple[float, ...]:
        """The partial derivatives at the leaves' numbers."""
        return self.gradient(*args[: len(self.leaves)])
