"""Reading numbers out of observed values, and comparing them."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence

from autograd_grader.model.observation import Value

SINGLE_TOLERANCE = 1e-4
HALF_TOLERANCE = 2e-2
PRINT_TOLERANCE = 1e-2
FLOATING = frozenset({"float16", "bfloat16", "float32", "float64"})
HALF = frozenset({"float16", "bfloat16"})

MOST_PRINTED = 50
"""Numbers that a call may print for one of them to show anything: among thousands there is one that fits."""
_LONGEST_NUMBER = 400
"""Characters of a printed number: the largest float takes 316 in full."""

_MOST_ORDERS = 100
"""Where numbers are alike, more orders would say nothing new."""

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
    return _rows_of(value) if value.kind in ("tensor", "array") and value.shape else None


def _rows_of(value: Value) -> tuple[Value, ...] | None:
    """The rows of a tensor or array of one dimension or more."""
    shape, numbers = value.shape or (0,), value.values
    if numbers is None or shape[0] > len(numbers):
        return None  # `torch.empty(10**15, 0)` has more rows than anyone can count, and not a number in them
    size = len(numbers) // shape[0] if shape[0] else 0
    rows = [numbers[i * size : (i + 1) * size] for i in range(shape[0])]
    return tuple(value.model_copy(update={"shape": shape[1:], "values": row}) for row in rows)


def rows_in(value: Value | None, length: int) -> list[tuple[Value, ...]] | None:
    """The rows of a sequence of rows of `length` numbers each; None where something in it is no such row.

    A row of one may be the number itself.
    """
    rows = items_of(value)
    if rows is None:
        return None
    found = [row_in(row, length) for row in rows]
    read = [row for row in found if row is not None and all(number_in(item) is not None for item in row)]
    return read if len(read) == len(found) else None


def row_in(value: Value, length: int) -> tuple[Value, ...] | None:
    """The `length` items of a value; a row of one may be the item itself. None where it has another length."""
    items = items_of(value)
    if items is not None and len(items) == length:
        return items
    return (value,) if length == 1 and items is None else None


def all_numbers(value: Value | None) -> list[float]:
    """Every number that was observed in a value, gradients included, in order."""
    if value is None:
        return []
    own = [value.value] if isinstance(value.value, float) else list(value.values or ())
    inner = [number for item in (*value.items, *([value.grad] if value.grad else [])) for number in all_numbers(item)]
    return own + inner


def printed_numbers(text: str) -> list[float]:
    """The numbers in a text, in any format Python prints them: the first ones, one more than may show anything."""
    numbers = []
    found = (match for match in _NUMBER.finditer(text) if len(match[0]) <= _LONGEST_NUMBER)
    for match in itertools.islice(found, MOST_PRINTED + 1):
        try:
            numbers.append(float(match[0].replace("_", "").replace("\u2212", "-")))
        except (ValueError, OverflowError):
            continue
    return numbers


def is_printed(text: str, expected: float) -> bool:
    """Whether a text holds the expected number, within 1 per cent or 0.01, among at most fifty."""
    margin = max(PRINT_TOLERANCE, PRINT_TOLERANCE * abs(expected))
    plain = printed_numbers(text)
    if len(plain) > MOST_PRINTED:
        return False
    numbers = [*plain, *printed_numbers(text.replace(",", "."))]  # a decimal comma is a format too
    return any(abs(number - expected) <= margin for number in numbers)


def orders(found: Sequence[float | None], right: Sequence[float], tolerance: float) -> Iterator[tuple[int, ...]]:
    """Other orders in which the right numbers were found: for each place, whose number stands there.

    Where numbers are alike there are several; the first few are enough.
    """
    fitting = [[i for i, r in enumerate(right) if close(number, r, tolerance)] for number in found]
    in_place = tuple(range(len(right)))
    return (order for order in itertools.islice(_assigned(fitting), _MOST_ORDERS) if order != in_place)


def _assigned(fitting: Sequence[Sequence[int]], taken: frozenset[int] = frozenset()) -> Iterator[tuple[int, ...]]:
    """Every way to give each place one of those that fit it, none of them twice."""
    if not fitting:
        yield ()
    elif all(fitting):
        for one in fitting[0]:
            if one not in taken:
                yield from ((one, *rest) for rest in _assigned(fitting[1:], taken | {one}))
