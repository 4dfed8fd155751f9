"""Exercise 1: `single_variable(z0)` returns `(z, f)` with f = 3z² + 4z, and z.grad = 6z + 4."""

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
    expect,
    is_printed,
    no_cancellation,
    returned,
    scalar_tensor,
    show,
)

FUNCTION = "single_variable"
OTHERS = ("drawn", "other")


def value(z: float) -> float:
    """F = 3z² + 4z."""
    return 3 * z**2 + 4 * z


def gradient(z: float) -> float:
    """df/dz = 6z + 4."""
    return 6 * z + 4


TARGETS = {FUNCTION: Target("tensors", ("z",), "3z² + 4z", value, lambda z: (gradient(z),))}


def plan(draw: Draw) -> list[Call]:
    """The article's number, two others of either sign, one with autograd bent, and the article's again."""
    up, down = draw.numbers(2, _fair)
    return [
        Call(id="article", function=FUNCTION, args=(5.0,)),
        Call(id="drawn", function=FUNCTION, args=(up,)),
        Call(id="other", function=FUNCTION, args=(down,)),
        Call(id="bent", function=FUNCTION, args=(up,), bend=draw.bend()),
        Call(id="again", function=FUNCTION, args=(5.0,)),
    ]


def _fair(up: float, down: float) -> bool:
    sums = all(no_cancellation(3 * z**2, 4 * z) and no_cancellation(6 * z, 4) for z in (up, down))
    return up > 0 > down and sums


def leaf_and_result(call: CallEvidence) -> tuple[Value, Value]:
    """The returned z and f."""
    z, f = returned(call, 2, "the pair (z, f)")
    return z, f


def expect_autograds(evidence: ExerciseEvidence) -> None:
    """Fail unless z.grad followed when autograd was bent: a number from a formula stays where it is."""
    call = evidence["bent"]
    expected = call.plan.bend * gradient(call.args[0])
    if call.stopped_itself and call.backward_gave(expected):
        return
    z, f = leaf_and_result(call)
    expect(z.grad is not None, "z.grad is empty")
    followed = call.used_autograd and call.followed(z.grad, gradient(call.args[0]))
    expect(followed, "z.grad does not come from a backward through f")
    agree(call, f, value(call.args[0]), "f")


@check("It returns the pair (z, f)", points=1)
def test_returns(evidence: ExerciseEvidence) -> None:
    for call in evidence.unbent(FUNCTION):
        z, f = leaf_and_result(call)
        scalar_tensor(z, "z")
        scalar_tensor(f, "f")


@check("z is a leaf that holds z0 and requires grad", points=1)
def test_leaf(evidence: ExerciseEvidence) -> None:
    for call in evidence.unbent(FUNCTION):
        z, _ = leaf_and_result(call)
        agree(call, scalar_tensor(z, "z"), call.args[0], "z")
        expect(z.requires_grad, "z does not require grad")
        expect(z.is_leaf, "z is the result of an operation, not a leaf")


@check("f is 3z² + 4z at z = 5", points=1)
def test_value(evidence: ExerciseEvidence) -> None:
    _, f = leaf_and_result(evidence["article"])
    agree(evidence["article"], scalar_tensor(f, "f"), value(5.0), "f")


@check("f is attached to the graph of z", points=1)
def test_graph(evidence: ExerciseEvidence) -> None:
    for call in evidence.unbent(FUNCTION):
        z, f = leaf_and_result(call)
        expect(f.requires_grad and f.node is not None, "f has no graph behind it")
        expect(z.leaf in call.reached_leaves(f), "the graph of f does not lead back to z")


@check("z.grad is 6z + 4 at z = 5", points=2)
def test_gradient(evidence: ExerciseEvidence) -> None:
    z, _ = leaf_and_result(evidence["article"])
    expect(z.grad is not None, "z.grad is empty")
    agree(evidence["article"], z.grad, gradient(5.0), "z.grad")
    expect_autograds(evidence)


@check("f and z.grad are right for other numbers", points=1.5)
def test_other_numbers(evidence: ExerciseEvidence) -> None:
    for name in OTHERS:
        z, f = leaf_and_result(evidence[name])
        agree(evidence[name], f, value(evidence[name].args[0]), "f")
        agree(evidence[name], z.grad, gradient(evidence[name].args[0]), "z.grad")


@check("The gradient is autograd's own", points=1)
def test_autograd(evidence: ExerciseEvidence) -> None:
    expect_autograds(evidence)


@check("Called again, it gives the same", points=0.5)
def test_again(evidence: ExerciseEvidence) -> None:
    call = evidence["again"]
    z, f = leaf_and_result(call)
    agree(call, f, value(5.0), "f, the second time,")
    agree(call, z.grad, gradient(5.0), "z.grad, the second time,")


@check("It prints z.grad", points=1)
def test_printed(evidence: ExerciseEvidence) -> None:
    for name in ("article", *OTHERS):
        call = evidence[name]
        leaf_and_result(call)
        expected = gradient(call.args[0])
        expect(is_printed(call.observed.printed, expected), f"{call.text} does not print z.grad, {show(expected)}")
