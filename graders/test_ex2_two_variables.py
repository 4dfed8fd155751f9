"""Exercise 2: `two_variables(x0, y0)` returns `(x, y, f)` with f = 5x² + xy + 2y³, and both partial derivatives."""

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

FUNCTION = "two_variables"
ARTICLE = (1.5, -2.0)


def value(x: float, y: float) -> float:
    """F = 5x² + xy + 2y³."""
    return 5 * x**2 + x * y + 2 * y**3


def gradient(x: float, y: float) -> tuple[float, float]:
    """df/dx = 10x + y and df/dy = x + 6y²."""
    return 10 * x + y, x + 6 * y**2


def fair(x: float, y: float) -> bool:
    """Whether sums keep their figures in half precision, and no two of the numbers that matter are alike."""
    terms = ((5 * x**2, x * y, 2 * y**3), (10 * x, y), (x, 6 * y**2))
    dx, dy = gradient(x, y)
    apart = abs(dx - dy) > 0.2 * max(abs(dx), abs(dy)) and abs(abs(x) - abs(y)) > 0.5
    return apart and all(no_cancellation(*sums) for sums in terms)


TARGETS = {FUNCTION: Target("tensors", ("x", "y"), "5x² + xy + 2y³", value, gradient)}


def plan(draw: Draw) -> list[Call]:
    """The article's numbers, two drawn pairs, one with autograd bent, and the article's again."""
    first = draw.numbers(2, lambda x, y: fair(x, y) and y > 0)
    second = draw.numbers(2, lambda x, y: fair(x, y) and y < 0)
    return [
        Call(id="article", function=FUNCTION, args=ARTICLE),
        Call(id="drawn", function=FUNCTION, args=first),
        Call(id="other", function=FUNCTION, args=second),
        Call(id="bent", function=FUNCTION, args=first, bend=draw.bend()),
        Call(id="again", function=FUNCTION, args=ARTICLE),
    ]


def all_three(call: CallEvidence) -> tuple[Value, Value, Value]:
    """The returned x, y and f."""
    x, y, f = returned(call, 3, "(x, y, f)")
    return x, y, f


def expect_autograds(evidence: ExerciseEvidence, index: int) -> None:
    """Fail unless a leaf's gradient followed when autograd was bent: a number from a formula stays where it is."""
    call = evidence["bent"]
    expected = call.plan.bend * gradient(*call.args)[index]
    if call.stopped_itself and call.backward_gave(expected):
        return
    name, grad = "xy"[index], all_three(call)[index].grad
    expect(grad is not None, f"{name}.grad is empty")
    followed = call.used_autograd and call.followed(grad, gradient(*call.args)[index])
    expect(followed, f"{name}.grad does not come from a backward through f")
    agree(call, all_three(call)[2], value(*call.args), "f")


@check("It returns (x, y, f)", points=1)
def test_returns(evidence: ExerciseEvidence) -> None:
    for call in evidence.unbent(FUNCTION):
        for name, tensor in zip("xyf", all_three(call), strict=True):
            scalar_tensor(tensor, name)


@check("x and y are leaves that hold x0 and y0 and require grad", points=1)
def test_leaves(evidence: ExerciseEvidence) -> None:
    for call in evidence.unbent(FUNCTION):
        for name, tensor, number in zip("xy", all_three(call), call.args, strict=False):
            agree(call, scalar_tensor(tensor, name), number, name)
            expect(tensor.requires_grad, f"{name} does not require grad")
            expect(tensor.is_leaf, f"{name} is the result of an operation, not a leaf")


@check("f is 5x² + xy + 2y³ at (1.5, -2)", points=1)
def test_value(evidence: ExerciseEvidence) -> None:
    f = all_three(evidence["article"])[2]
    agree(evidence["article"], scalar_tensor(f, "f"), value(*ARTICLE), "f")


@check("f is attached to the graph of x and y", points=1)
def test_graph(evidence: ExerciseEvidence) -> None:
    for call in evidence.unbent(FUNCTION):
        x, y, f = all_three(call)
        expect(f.requires_grad and f.node is not None, "f has no graph behind it")
        reached = call.reached_leaves(f)
        for name, leaf in (("x", x), ("y", y)):
            expect(leaf.leaf in reached, f"the graph of f does not lead back to {name}")


def _gradient_at_article(evidence: ExerciseEvidence, index: int, name: str) -> None:
    grad = all_three(evidence["article"])[index].grad
    expect(grad is not None, f"{name}.grad is empty")
    agree(evidence["article"], grad, gradient(*ARTICLE)[index], f"{name}.grad")
    expect_autograds(evidence, index)


@check("x.grad is 10x + y at (1.5, -2)", points=1)
def test_x_gradient(evidence: ExerciseEvidence) -> None:
    _gradient_at_article(evidence, 0, "x")


@check("y.grad is x + 6y² at (1.5, -2)", points=1)
def test_y_gradient(evidence: ExerciseEvidence) -> None:
    _gradient_at_article(evidence, 1, "y")


@check("f and both gradients are right for other numbers", points=1.5)
def test_other_numbers(evidence: ExerciseEvidence) -> None:
    for name in ("drawn", "other"):
        call = evidence[name]
        x, y, f = all_three(call)
        agree(call, f, value(*call.args), "f")
        for leaf, grad, expected in zip((x, y), ("x.grad", "y.grad"), gradient(*call.args), strict=True):
            agree(call, leaf.grad, expected, grad)


@check("The gradients are autograd's own", points=1)
def test_autograd(evidence: ExerciseEvidence) -> None:
    expect_autograds(evidence, 0)
    expect_autograds(evidence, 1)


@check("Called again, it gives the same", points=0.5)
def test_again(evidence: ExerciseEvidence) -> None:
    call = evidence["again"]
    x, y, f = all_three(call)
    agree(call, f, value(*ARTICLE), "f, the second time,")
    for name, leaf, expected in zip("xy", (x, y), gradient(*ARTICLE), strict=True):
        agree(call, leaf.grad, expected, f"{name}.grad, the second time,")


@check("It prints x.grad and y.grad", points=1)
def test_printed(evidence: ExerciseEvidence) -> None:
    for name in ("article", "drawn", "other"):
        call = evidence[name]
        all_three(call)
        for grad, expected in zip(("x.grad", "y.grad"), gradient(*call.args), strict=True):
            printed = is_printed(call.observed.printed, expected)
            expect(printed, f"{call.text} does not print {grad}, {show(expected)}")
