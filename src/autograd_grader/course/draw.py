"""Drawing what functions are called with besides the article's numbers."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

_STEPS = 16
_TRIES = 10_000
"""Fair numbers are found in a few tries; where so many fail, `accept` takes none."""

_Option = TypeVar("_Option")


class Draw:
    """Draws the numbers that functions are called with besides the article's.

    Those of `number` and `numbers` lie between 0.5 and 8 in size and are odd sixteenths: exact in half precision,
    never whole, never one that a wrong answer could be right for by chance.
    """

    def __init__(self, seed: str) -> None:
        """Draw from `seed`: the same seed gives the same numbers."""
        self._random = random.Random(seed)  # noqa: S311 - numbers for exercises, not secrets

    def number(self) -> float:
        """One number, negative as often as not."""
        return self._random.choice((-1, 1)) * self._random.randrange(_STEPS // 2 + 1, 8 * _STEPS, 2) / _STEPS

    def numbers(self, count: int, accept: Callable[..., bool] = lambda *_: True) -> tuple[float, ...]:
        """As many numbers as asked for, no two of one size, that `accept` takes together.

        Raises `ValueError` where none are found: numbers for data, which may repeat, are drawn with `row`.
        """
        for _ in range(_TRIES):
            drawn = tuple(self.number() for _ in range(count))
            if len({abs(n) for n in drawn}) == count and accept(*drawn):
                return drawn
        message = f"no {count} different numbers were found that are accepted: accept more, or draw data with `row`"
        raise ValueError(message)

    def row(self, count: int, low: float = -8.0, high: float = 8.0) -> list[float]:
        """Numbers for data, sixteenths from `low` to `high`, among which some may be equal."""
        return [self._random.randint(round(low * _STEPS), round(high * _STEPS)) / _STEPS for _ in range(count)]

    def integer(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return self._random.randint(low, high)

    def choice(self, options: Sequence[_Option]) -> _Option:
        """One of the options."""
        return self._random.choice(options)

    def bend(self) -> float:
        """The factor of a bent call: exact in half precision, and far from 1, 2, 3 and their inverses."""
        return self._random.choice((0.625, 1.375, 1.625, 2.375, 2.625))


def no_cancellation(*terms: float) -> bool:
    """Whether the terms add up without cancelling, so that a sum in half precision keeps its figures."""
    return abs(sum(terms)) >= 0.5 * sum(abs(term) for term in terms)
