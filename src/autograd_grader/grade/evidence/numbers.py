"""Reading numbers out of observed values, and comparing them."""

from __future__ import annotations

import math
import re

from autograd_grader.model.observation import Value

SINGLE_TOLERANCE = 1e-4
HALF_TOLERANCE = 2e-2
PRINT_TOLERANCE = 1e-2
FLOATING = frozenset({"float16", "bfloat16", "float32", "float64"})
HALF = frozenset({"float16", "bfloat16"})

_NUMBER = re.compile(r"[-+\u2212]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def close(value: float | None, expected: float, tolerance: float = SINGLE_TOLERANCE) -> bool:
    """Whether a number agrees with the expected one, relative to it."""
    if value is None or not math.isfinite(value):
        return False
    return abs(value - expected) <= tolerance * max(abs(expected), 1e-12)


def number_in(value: Value | None) -> float | None:
    """The one number that a value stands for: a number, or a tensor, array or sequence with one element."""
    if value is None or value.cut:
        return None
    if value.kind == "number" and isinstance(value.value, float):
        return value.value
    if value.kind in ("tensor", "array") and value.values is not None and len(value.values) == 1:
        return value.values[0]
    if value.kind == "sequence" and value.length == 1 and value.items:
        return number_in(value.items[0])
    return None


def items_of(value: Value | None) -> tuple[Value, ...] | None:
    """The items of a sequence, or the rows of a tensor or array as values of their own; None for anything else."""
    if value is None or value.cut or (value.length or 0) > len(value.items):
        return None
    if value.kind == "sequence":
        return value.items
    if value.kind in ("tensor", "array") and value.shape and value.values is not None:
        if value.shape[0] > len(value.values):
            return None  # `torch.empty(10**15, 0)` has more rows than anyone can count, and not a number in them
        size = len(value.values) // value.shape[0] if value.shape[0] else 0
        rows = [value.values[i * size : (i + 1) * size] for i in range(value.shape[0])]
        return tuple(value.model_copy(update={"shape": value.shape[1:], "values": row}) for row in rows)
    return None


def pairs_in(value: Value | None) -> list[tuple[Value, Value]] | None:
    """The pairs of a sequence of pairs; None where something in it is no pair of numbers."""
    rows = items_of(value)
    if rows is None:
        return None
    pairs = []
    for row in rows:
        items = items_of(row)
        if items is None or len(items) != 2 or any(number_in(item) is None for item in items):
            return None
        pairs.append((items[0], items[1]))
    return pairs


def printed_numbers(text: str) -> list[float]:
    """The numbers in a text, in any format Python prints them."""
    numbers = []
    for match in _NUMBER.finditer(text):
        try:
            numbers.append(float(match[0].replace("_", "").replace("\u2212", "-")))
        except (ValueError, OverflowError):
            continue
    return numbers


def is_printed(text: str, expected: float) -> bool:
    """Whether a text holds the expected number, within 1 per cent or 0.01."""
    margin = max(PRINT_TOLERANCE, PRINT_TOLERANCE * abs(expected))
    # A decimal comma is a format too.
    numbers = [*printed_numbers(text), *printed_numbers(text.replace(",", "."))]
    return any(abs(number - expected) <= margin for number in numbers)


def show(number: float | None) -> str:
    """A number as a student would write it."""
    return "nothing" if number is None else f"{number:.6g}"
