"""Exercise 3: gradients accumulate over passes, and are zeroed; `WHY_ZERO` says why, and a person marks it."""

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
    close,
    describe_value,
    expect,
    fail,
    is_explanation,
    no_cancellation,
    number_in,
    rows_in,
    show,
)

WITHOUT, WITH = "without_zeroing", "with_zeroing"
PREFIX = {WITHOUT: "without", WITH: "with"}
ARTICLE = (1.5, -2.0, 2)


def value(x: float, y: float) -> float:
    """F = 5x² + xy + 2y³."""
    return 5 * x**2 + x * y + 2 * y**3


def gradient(x: float, y: float) -> tuple[float, float]:
    """df/dx = 10x + y and df/dy = x + 6y² of f = 5x² + xy + 2y³."""
    return 10 * x + y, x + 6 * y**2


def fair(x: float, y: float) -> bool:
    """Whether sums keep their figures in half precision, and no gradient is a small multiple of the other."""
    dx, dy = gradient(x, y)
    ratios = [dx / dy, dy / dx]
    apart = all(abs(r - k) > 0.1 * k for r in ratios for k in (1, 2, 3, 4, 5)) and abs(abs(x) - abs(y)) > 0.5
    return apart and no_cancellation(10 * x, y) and no_cancellation(x, 6 * y**2)


TARGETS = {
    name: Target(
        "passes",
        ("x", "y"),
        "5x² + xy + 2y³",
        value,
        gradient,
        returns=("x_grad", "y_grad"),
        arguments=("x0", "y0"),
        zeroes=name == WITH,
    )
    for name in (WITHOUT, WITH)
}


def plan(draw: Draw) -> list[Call]:
    """For both functions: the article's numbers, other numbers and passes, one pass, bent, and the article's again."""
    first, second = draw.numbers(2, fair), draw.numbers(2, fair)
    bend = draw.bend()
    return [
        call
        for name in (WITHOUT, WITH)
        for call in (
            Call(id=f"{PREFIX[name]}-article", function=name, args=ARTICLE),
            Call(id=f"{PREFIX[name]}-drawn", function=name, args=(*first, 3)),
            Call(id=f"{PREFIX[name]}-once", function=name, args=(*second, 1)),
            Call(id=f"{PREFIX[name]}-bent", function=name, args=(*first, 3), bend=bend),
            Call(id=f"{PREFIX[name]}-again", function=name, args=ARTICLE),
        )
    ]


def pairs_of(call: CallEvidence) -> list[tuple[Value, ...]]:
    """The recorded pairs, one a pass; fails where something else came back."""
    expect(call.returned is not None and not call.observed.too_much_output, call.why_not())
    pairs = rows_in(call.returned, 2)
    if pairs is None:
        fail(f"{call.text} returned {describe_value(call.returned)}; a list of pairs (x_grad, y_grad) was asked for")
    passes = int(call.args[2])
    expect(len(pairs) == passes, f"{call.text} recorded {len(pairs)} pairs; {passes} passes were asked for")
    return pairs


def expect_bent(call: CallEvidence, *, grows: bool) -> None:
    """Fail unless the recorded gradients followed the bend."""
    passes = int(call.args[2])
    right = [g * call.plan.bend * (passes if grows else 1) for g in gradient(*call.args[:2])]
    if call.stopped_itself and all(call.backward_gave(number) for number in right):
        return
    for number, pair in enumerate(pairs_of(call), start=1):
        for name, value, once in zip(("x.grad", "y.grad"), pair, gradient(*call.args[:2]), strict=True):
            expected = once * call.plan.bend * (number if grows else 1)
            followed = call.used_autograd and close(number_in(value), expected, call.tolerance)
            expect(followed, f"what {call.text} recorded for {name} is not what backward leaves there")


def expect_states(call: CallEvidence, *, grows: bool) -> None:
    """Fail unless `.grad` itself went through the right values: a backward left each of them there.

    Numbers alone don't show it: a sum can be divided, and one gradient can be written down many times.
    """
    expect(not call.observed.events_cut, f"{call.text} did so much that it could not be followed to its end")
    passes = int(call.args[2])
    left = [[v for e in call.events("backward") for n, _, v in e.changes if n == leaf] for leaf in _filled(call)]
    for name, once in zip(("x.grad", "y.grad"), gradient(*call.args[:2]), strict=True):
        needed = [once * (k if grows else 1) for k in range(1, passes + 1)]
        found = any(_holds_all(values, needed, call.tolerance) for values in left)
        expect(found, f"{name} did not hold {', '.join(map(show, needed))} after the {passes} passes of {call.text}")


def _filled(call: CallEvidence) -> set[int]:
    """The leaves whose `.grad` a backward filled or added to."""
    return {leaf for event in call.events("backward") for leaf, _, _ in event.changes if leaf in event.leaves}


def _holds_all(values: list[float | None], needed: list[float], tolerance: float) -> bool:
    """Whether the needed values come up among `values` in their order."""
    rest = iter(values)
    return all(any(close(value, number, tolerance) for value in rest) for number in needed)


def expect_passes(call: CallEvidence, *, grows: bool) -> None:
    """Fail unless pass k recorded k times the gradient (`grows`), or once the gradient."""
    right = gradient(*call.args[:2])
    for number, pair in enumerate(pairs_of(call), start=1):
        for name, value, once in zip(("x.grad", "y.grad"), pair, right, strict=True):
            expected = once * (number if grows else 1)
            agree(call, value, expected, f"pass {number}'s {name}")
    expect_states(call, grows=grows)


def expect_one_pair_of_leaves(call: CallEvidence) -> None:
    """Fail unless each pass's backward added to the `.grad` of the same two leaves."""
    pairs_of(call)
    expect(not call.observed.events_cut, f"{call.text} did so much that it could not be followed to its end")
    leaves = _filled(call)
    expect(leaves, f"no backward filled .grad in {call.text}")
    expect(len(leaves) == 2, f"{call.text} filled the .grad of {len(leaves)} leaves; one pair was asked for")


def expect_leaves_hold_the_arguments(call: CallEvidence) -> None:
    """Fail unless the two leaves that backward filled hold x0 and y0."""
    reached = {leaf for event in call.events("backward") for leaf in event.leaves}
    held = [number_in(leaf) for n, leaf in enumerate(call.observed.leaves) if n in reached]
    for name, number in zip(("x", "y"), call.args[:2], strict=False):
        found = any(close(value, number, call.tolerance) for value in held)
        expect(found, f"no leaf holds {name}0 = {show(number)} in {call.text}")


@check("without_zeroing returns a pair a pass", points=0.5)
def test_without_returns(evidence: ExerciseEvidence) -> None:
    for call in evidence.unbent(WITHOUT):
        pairs_of(call)


@check("without_zeroing: the first pass records the gradient", points=0.5)
def test_without_first(evidence: ExerciseEvidence) -> None:
    for name in ("without-article", "without-once"):
        call = evidence[name]
        for grad, value, right in zip(("x.grad", "y.grad"), pairs_of(call)[0], gradient(*call.args[:2]), strict=True):
            agree(call, value, right, f"pass 1's {grad}")


@check("without_zeroing: pass k records k times the gradient", points=1)
def test_without_accumulates(evidence: ExerciseEvidence) -> None:
    expect_passes(evidence["without-article"], grows=True)
    expect_bent(evidence["without-bent"], grows=True)


@check("without_zeroing is right for other numbers and passes", points=1)
def test_without_other_numbers(evidence: ExerciseEvidence) -> None:
    for name in ("without-drawn", "without-once"):
        expect_passes(evidence[name], grows=True)


@check("without_zeroing: the sums are autograd's own", points=0.5)
def test_without_autograd(evidence: ExerciseEvidence) -> None:
    expect_bent(evidence["without-bent"], grows=True)


@check("without_zeroing uses one pair of leaves for all passes", points=0.5)
def test_without_leaves(evidence: ExerciseEvidence) -> None:
    for name in ("without-article", "without-drawn"):
        expect_one_pair_of_leaves(evidence[name])
        expect_leaves_hold_the_arguments(evidence[name])


@check("with_zeroing returns a pair a pass", points=0.5)
def test_with_returns(evidence: ExerciseEvidence) -> None:
    for call in evidence.unbent(WITH):
        pairs_of(call)


@check("with_zeroing: every pass records the same gradient", points=1)
def test_with_same(evidence: ExerciseEvidence) -> None:
    expect_passes(evidence["with-article"], grows=False)
    expect_bent(evidence["with-bent"], grows=False)


@check("with_zeroing is right for other numbers and passes", points=1)
def test_with_other_numbers(evidence: ExerciseEvidence) -> None:
    for name in ("with-drawn", "with-once"):
        expect_passes(evidence[name], grows=False)


@check("with_zeroing: the gradients are autograd's own", points=0.5)
def test_with_autograd(evidence: ExerciseEvidence) -> None:
    expect_bent(evidence["with-bent"], grows=False)


@check("with_zeroing uses one pair of leaves for all passes", points=0.5)
def test_with_leaves(evidence: ExerciseEvidence) -> None:
    for name in ("with-article", "with-drawn"):
        expect_one_pair_of_leaves(evidence[name])
        expect_leaves_hold_the_arguments(evidence[name])


@check("Called again, both give the same", points=0.5)
def test_again(evidence: ExerciseEvidence) -> None:
    expect_passes(evidence["without-again"], grows=True)
    expect_passes(evidence["with-again"], grows=False)


@check("WHY_ZERO says why a training loop zeroes gradients", points=2)
def test_why_zero(evidence: ExerciseEvidence) -> None:
    text = evidence.constant("WHY_ZERO")
    if text is None or not is_explanation(text):
        fail("WHY_ZERO has no explanation yet: two to four sentences were asked for")
    await_review(text)
