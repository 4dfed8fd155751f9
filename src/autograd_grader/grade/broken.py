"""Rules, notes and flags whose code raises: each costs what it would have said, and the staff are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from autograd_grader.model.result import Flag
from autograd_grader.text import clean_line

Answer = TypeVar("Answer")


class BrokenRules:
    """Asks rules of one submission, and remembers those that raised."""

    def __init__(self) -> None:
        """Begin with none."""
        self._flags: dict[Flag, None] = {}

    @property
    def flags(self) -> tuple[Flag, ...]:
        """A flag for each rule that raised."""
        return tuple(self._flags)

    def ask(self, rule: str, about: str, question: Callable[..., Answer], *arguments: Any) -> Answer | None:  # noqa: ANN401
        """What the rule of this name answers when it is asked; None, and a flag, where it raises."""
        try:
            return question(*arguments)
        except Exception as error:  # noqa: BLE001 - whatever a rule raises, marks stand
            what = clean_line(f"{type(error).__name__}: {error}", 160)
            self._flags[Flag(slug="broken-rule", detail=f"{about}: the rule {rule} raised {what}")] = None
            return None
