"""`step(w, gradient, rate)` returns w - rate · gradient: numbers alone, no form of return and nothing of autograd's."""

from __future__ import annotations

from autograd_grader.grading import Call, Draw, ExerciseEvidence, agree, check, expect, number_in

FUNCTION = "step"


def right(w: float, gradient: float, rate: float) -> float:
    """Where one step downhill leads."""
    return w - rate * gradient


def plan(draw: Draw) -> list[Call]:
    """The exercise's own numbers, and others at which no part of the step is small beside the rest."""
    drawn = [(*draw.numbers(2), draw.choice((0.5, 0.75))) for _ in range(2)]
    return [
        Call(id="article", function=FUNCTION, args=(2.0, 3.0, 0.1)),
        Call(id="drawn", function=FUNCTION, args=drawn[0]),
        Call(id="other", function=FUNCTION, args=drawn[1]),
    ]


@check("It returns one number", points=1)
def test_returns(evidence: ExerciseEvidence) -> None:
    for call in evidence.unbent(FUNCTION):
        expect(call.returned is not None, call.why_not())
        expect(number_in(call.returned) is not None, f"{call.text} did not return one number")


@check("The step from 2 leads to 1.7", points=1)
def test_article(evidence: ExerciseEvidence) -> None:
    call = evidence["article"]
    agree(call, call.returned, right(*call.args), "w")


@check("It is right for other numbers", points=2)
def test_other_numbers(evidence: ExerciseEvidence) -> None:
    for name in ("drawn", "other"):
        call = evidence[name]
        agree(call, call.returned, right(*call.args), "w")
