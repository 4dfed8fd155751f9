"""Exercise 1: `make_data(seed, count, slope, intercept, *, spread)` returns points on a line, drawn from a seed."""

from __future__ import annotations

from points import Points, fills_range, is_row, lies_on_line, points_in, spread_of

from autograd_grader.grading import Call, CallEvidence, Draw, ExerciseEvidence, check, describe_value, expect, fail

FUNCTION = "make_data"
MAX_VALUES = 256
COUNT = 200
ARTICLE = (7, COUNT, 2.0, 1.0)


def plan(draw: Draw) -> list[Call]:
    """The same numbers three times, another seed, and numbers that are all drawn: two hundred points in each."""
    slope, intercept, spread = draw.numbers(3)
    return [
        Call(id="article", function=FUNCTION, args=ARTICLE),
        Call(id="named", function=FUNCTION, args=ARTICLE, kwargs={"spread": 1.0}),
        Call(id="other-seed", function=FUNCTION, args=(8, *ARTICLE[1:])),
        Call(id="drawn", function=FUNCTION, args=(9, COUNT + 13, slope, intercept), kwargs={"spread": abs(spread)}),
        Call(id="again", function=FUNCTION, args=ARTICLE),
    ]


def points_of(call: CallEvidence) -> Points:
    """The points that came back; fails where something else did than two tensors of `count` numbers."""
    expect(call.returned is not None, call.why_not())
    points, count = points_in(call), call.args[1]
    if points is None:
        for name, value in zip("xy", call.items(2) or (), strict=False):
            expect(
                is_row(value, count),
                f"{name} is {describe_value(value)} in {call.text}; one of shape [{count}] was asked for",
            )
        fail(f"{call.text} returned {describe_value(call.returned)}; (x, y) was asked for")
    return points


@check("make_data returns x and y, tensors of count numbers", points=0.5)
def test_returns(evidence: ExerciseEvidence) -> None:
    for call in evidence:
        points_of(call)


@check("x fills the range from -spread to spread", points=1)
def test_range(evidence: ExerciseEvidence) -> None:
    for call in evidence:
        points = points_of(call)
        lowest, highest = min(points.x), max(points.x)
        words = f"x lies between {lowest:.3g} and {highest:.3g} in {call.text}, where spread is {spread_of(call):g}"
        expect(fills_range(call, points), words)


@check("y is slope * x + intercept", points=1.5)
def test_line(evidence: ExerciseEvidence) -> None:
    for call in evidence:
        expect(lies_on_line(call, points_of(call)), f"y is not slope * x + intercept in {call.text}")


@check("The same seed gives the same data", points=1)
def test_same_seed(evidence: ExerciseEvidence) -> None:
    same = points_of(evidence["article"]) == points_of(evidence["again"])
    expect(same, f"{evidence['again'].text} gave other numbers when it was called again")


@check("Another seed gives other data", points=1)
def test_other_seed(evidence: ExerciseEvidence) -> None:
    same = points_of(evidence["article"]).x == points_of(evidence["other-seed"]).x
    expect(not same, f"{evidence['article'].text} and {evidence['other-seed'].text} gave the same x")


@check("spread is 1 where it is not given", points=1)
def test_default(evidence: ExerciseEvidence) -> None:
    same = points_of(evidence["article"]) == points_of(evidence["named"])
    expect(same, f"{evidence['article'].text} and {evidence['named'].text} gave different data")
