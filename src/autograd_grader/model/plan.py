"""The call plan: which functions are called with which numbers, fixed before any student code runs."""

from __future__ import annotations

from autograd_grader.model.base import Record


class Call(Record):
    """One call of one student function."""

    id: str
    """Unique in its exercise: `article`, `drawn`, `again`, `bent`, …"""
    function: str
    args: tuple[int | float, ...] = ()
    """Passed by position; empty for the stub's defaults."""
    bend: float = 1.0
    """The factor every `backward` and `grad` is seeded with; 1 leaves autograd alone."""


class ExercisePlan(Record):
    """The calls of one exercise."""

    exercise: str
    file: str
    """The contract's file name: a definition there wins over one elsewhere."""
    calls: tuple[Call, ...]
    constants: tuple[str, ...] = ()
    """Module constants that a person reads, `WHY_ZERO`."""


class Plan(Record):
    """All calls for one submission."""

    seed: str
    exercises: tuple[ExercisePlan, ...]
