"""Points on a line, drawn from a seed: what the checks and the rules of the first exercise read of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograd_grader.grading import CallEvidence, Value


@dataclass(frozen=True)
class Points:
    """The numbers of the two tensors that one call gave."""

    x: tuple[float, ...]
    y: tuple[float, ...]


def points_in(call: CallEvidence) -> Points | None:
    """What came back, where it is two floating-point tensors of as many numbers as asked for."""
    items = call.items(2)
    if items is None or not all(is_row(value, call.args[1]) for value in items):
        return None
    return Points(*(value.values or () for value in items))


def is_row(value: Value, count: int) -> bool:
    """Whether a value is a floating-point tensor of the shape `(count,)`."""
    floating = value.kind == "tensor" and "float" in (value.dtype or "")
    return floating and value.shape == (count,) and value.values is not None and not value.cut


def spread_of(call: CallEvidence) -> float:
    """How far from nought `x` may lie."""
    named: Mapping[str, Any] = call.plan.kwargs
    spread: float = named.get("spread", 1.0)
    return spread


def fills_range(call: CallEvidence, points: Points) -> bool:
    """Whether all of `x` lies in the range and reaches both its ends.

    That two hundred numbers, drawn as asked, leave the outer tenth empty on one side happens once in 10⁹ calls.
    """
    spread, margin = spread_of(call), call.tolerance
    within = all(abs(x) <= spread * (1 + margin) for x in points.x)
    return within and min(points.x) < -0.8 * spread and max(points.x) > 0.8 * spread


def lies_on_line(call: CallEvidence, points: Points) -> bool:
    """Whether each `y` is `slope * x + intercept`."""
    _, _, slope, intercept = call.args
    margin = call.tolerance * (abs(slope) * spread_of(call) + abs(intercept))
    return all(abs(slope * x + intercept - y) <= margin for x, y in zip(points.x, points.y, strict=True))


def is_evenly_spaced(points: Points) -> bool:
    """Whether each `x` is as far from the next as all others are."""
    gaps = [after - before for before, after in zip(points.x, points.x[1:], strict=False)]
    return max(gaps) - min(gaps) < 1e-3 * max(map(abs, points.x))
