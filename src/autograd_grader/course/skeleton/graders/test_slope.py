"""`slope(start)` returns `(x, f)` with f = x³ + x and x.grad = 3x² + 1 from autograd; a person marks `WHY_DOWNHILL`."""

from __future__ import annotations

from autograd_grader.grading import (
    Call,
    CallEvidence,
    Draw,
    ExerciseEvidence,
    Target,
    Value,
    agree,
    await_review,
    check,
    expect,
    fail,
    is_explanation,
    returned,
    scalar_tensor,
)

FUNCTION = "slope"


def value(x: float) -> float:
    """F = x³ + x."""
    return x**3 + x


def gradient(x: float) -> tuple[float]:
    """df/dx = 3x² + 1."""
    return (3 * x**2 + 1,)


TARGETS = {FUNCTION: Target("tensors", ("x",), "x³ + x", value, gradient, arguments=("start",))}
"""With the form `tensors` the program's own rules explain what went wrong with the leaf, the graph or the gradient."""


def plan(draw: Draw) -> list[Call]:
    """The exercise's own number, others of either sign, one with autograd bent, and the first again."""
    up, down = draw.numbers(2, lambda up, down: up > 0 > down)
    return [
        Call(id="article", function=FUNCTION, args=(2.0,)),
        Call(id="drawn", function=FUNCTION, args=(up,)),
        Call(id="other", function=FUNCTION, args=(down,)),
        Call(id="bent", function=FUNCTION, args=(up,), bend=draw.bend()),
        Call(id="again", function=FUNCTION, args=(2.0,)),
    ]


def leaf_and_result(call: CallEvidence) -> tuple[Value, Value]:
    """The returned x and f."""
    x, f = returned(call, 2, "the pair (x, f)")
    return x, f


@check("It returns (x, f), and x is a leaf that holds start", points=1)
def test_returns(evidence: ExerciseEvidence) -> None:
    for call in evidence.unbent(FUNCTION):
        x, _ = leaf_and_result(call)
        agree(call, scalar_tensor(x, "x"), call.args[0], "x")
        expect(x.is_leaf and x.requires_grad, "x is no leaf that requires grad")


@check("f is x³ + x, computed from x", points=1)
def test_value(evidence: ExerciseEvidence) -> None:
    for call in evidence.unbent(FUNCTION):
        x, f = leaf_and_result(call)
        agree(call, scalar_tensor(f, "f"), value(call.args[0]), "f")
        expect(x.leaf in call.reached_leaves(f), "the graph of f does not lead back to x")


@check("x.grad is 3x² + 1", points=2)
def test_gradient(evidence: ExerciseEvidence) -> None:
    for call in evidence.unbent(FUNCTION):
        x, _ = leaf_and_result(call)
        agree(call, x.grad, gradient(call.args[0])[0], "x.grad")


@check("The slope is autograd's own", points=1)
def test_autograd(evidence: ExerciseEvidence) -> None:
    # Autograd is bent in this call: what it finds is the slope times a factor, and a formula's number stays.
    call = evidence["bent"]
    x, _ = leaf_and_result(call)
    expect(call.followed(x.grad, gradient(call.args[0])[0]), "x.grad does not come from a backward through f")


@check("WHY_DOWNHILL says why a step against the gradient makes f smaller", points=1)
def test_why_downhill(evidence: ExerciseEvidence) -> None:
    text = evidence.constant("WHY_DOWNHILL")
    if text is None or not is_explanation(text):
        fail("WHY_DOWNHILL has no explanation yet: two sentences were asked for")
    await_review(text)
