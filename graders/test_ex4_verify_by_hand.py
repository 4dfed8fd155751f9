"""Exercise 4: `verify_by_hand(x0)` returns the gradient of f = 7x² from autograd, and from the student's derivative."""

from __future__ import annotations

from autograd_grader.grading import (
    Call,
    CallEvidence,
    Draw,
    ExerciseEvidence,
    Target,
    Value,
    agree,
    check,
    close,
    describe_value,
    expect,
    fail,
    number_in,
    returned,
)

FUNCTION = "verify_by_hand"
NAMES = ("from_autograd", "by_hand")


def gradient(x: float) -> float:
    """df/dx = 14x of f = 7x²."""
    return 14 * x


TARGETS = {FUNCTION: Target("by-hand", ("x",), "7x²", lambda x: 7 * x**2, lambda x: (gradient(x),), returns=NAMES)}


def plan(draw: Draw) -> list[Call]:
    """The article's number, two others of either sign, one with autograd bent, and the article's again."""
    up, down = draw.numbers(2, lambda up, down: up > 0 > down)
    return [
        Call(id="article", function=FUNCTION, args=(3.0,)),
        Call(id="drawn", function=FUNCTION, args=(up,)),
        Call(id="other", function=FUNCTION, args=(down,)),
        Call(id="bent", function=FUNCTION, args=(up,), bend=draw.bend()),
        Call(id="again", function=FUNCTION, args=(3.0,)),
    ]


def both(call: CallEvidence) -> tuple[Value, Value]:
    """The two returned numbers."""
    values = returned(call, 2, "(from_autograd, by_hand)")
    for name, value in zip(NAMES, values, strict=True):
        if number_in(value) is None:
            fail(f"{name} is {describe_value(value)} in {call.text}; one number was asked for")
    return values[0], values[1]


def _compared_itself(call: CallEvidence) -> bool:
    """Whether the student's own comparison stopped the bent call: then autograd's number bent, and by_hand did not."""
    return call.stopped_itself and call.backward_gave(call.plan.bend * gradient(call.args[0]))


def expect_autograds(evidence: ExerciseEvidence) -> None:
    """Fail unless from_autograd followed when autograd was bent: a number from a formula stays where it is."""
    call = evidence["bent"]
    if not _compared_itself(call):
        followed = call.followed(both(call)[0], gradient(call.args[0]))
        expect(followed and call.used_autograd, "from_autograd does not come from a backward")


def expect_own(evidence: ExerciseEvidence) -> None:
    """Fail unless by_hand stayed where it is when autograd was bent."""
    call = evidence["bent"]
    if not _compared_itself(call):
        stayed = close(number_in(both(call)[1]), gradient(call.args[0]), call.tolerance)
        expect(stayed, "by_hand is not a derivative worked out without autograd")


@check("It returns (from_autograd, by_hand)", points=1)
def test_returns(evidence: ExerciseEvidence) -> None:
    for call in evidence.unbent(FUNCTION):
        both(call)


@check("from_autograd is 14x at x = 3", points=1.5)
def test_from_autograd(evidence: ExerciseEvidence) -> None:
    agree(evidence["article"], both(evidence["article"])[0], gradient(3.0), "from_autograd")
    expect_autograds(evidence)


@check("by_hand is 14x at x = 3", points=1.5)
def test_by_hand(evidence: ExerciseEvidence) -> None:
    agree(evidence["article"], both(evidence["article"])[1], gradient(3.0), "by_hand")
    expect_own(evidence)


@check("Both are right for other numbers", points=2)
def test_other_numbers(evidence: ExerciseEvidence) -> None:
    for name in ("drawn", "other"):
        for which, value in zip(NAMES, both(evidence[name]), strict=True):
            agree(evidence[name], value, gradient(evidence[name].args[0]), which)


@check("from_autograd comes from autograd", points=1.5)
def test_autograd_is_autograd(evidence: ExerciseEvidence) -> None:
    expect_autograds(evidence)


@check("by_hand comes from your own derivative", points=2)
def test_by_hand_is_by_hand(evidence: ExerciseEvidence) -> None:
    expect_own(evidence)


@check("Called again, it gives the same", points=0.5)
def test_again(evidence: ExerciseEvidence) -> None:
    for which, value in zip(NAMES, both(evidence["again"]), strict=True):
        agree(evidence["again"], value, gradient(3.0), f"{which}, the second time,")
