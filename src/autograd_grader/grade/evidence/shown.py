"""Numbers and values in words, as students read them in messages."""

from __future__ import annotations

import math
from collections.abc import Iterable

from autograd_grader.model.observation import Value


def show(number: float | None) -> str:
    """A number as a student would write it."""
    return "nothing" if number is None else f"{number:.6g}"


def show_row(numbers: Iterable[float | None]) -> str:
    """One number as it is, several in round brackets."""
    shown = [show(number) for number in numbers]
    return shown[0] if len(shown) == 1 else f"({', '.join(shown)})"


def describe_value(value: Value | None) -> str:
    """A returned value in a few words."""
    if value is None or value.kind == "none":
        return "nothing (None)"
    if value.kind == "tensor":
        return "one tensor" if value.shape == () else f"one tensor of shape {list(value.shape or ())}"
    if value.kind == "sequence":
        return f"a {value.type} of {value.length}"
    if value.kind == "number":
        return "a plain number"
    return {"text": "a text", "array": "a NumPy array"}.get(value.kind, f"a {value.type}")


def literals(*numbers: float) -> tuple[str, ...]:
    """How Python code may have these numbers written in it: `2.0`, and `2` for a whole one."""
    whole = [repr(int(n)) for n in numbers if math.isfinite(n) and n == int(n)]
    return (*(repr(float(n)) for n in numbers), *whole)
