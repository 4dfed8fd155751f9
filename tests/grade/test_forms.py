"""Forms of return hold for any number of leaves, and a function needs none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograd_grader.course.target import FORMS, Target
from autograd_grader.errors import CourseError
from autograd_grader.grade.diagnose.order import OF_FORM
from autograd_grader.grade.forms import FORM_BY_NAME, form_of
from autograd_grader.grade.grading import exercises_of
from autograd_grader.prove.behaviour import behaviour

if TYPE_CHECKING:
    from collections.abc import Callable

    from .one_exercise import OneExercise

    Write = Callable[..., OneExercise]

HEAD = """
from autograd_grader.grading import *


def value(x, y, z):
    return x * y + y * z**2


def gradient(x, y, z):
    return y, x + z**2, 2 * y * z

"""
THREE_LEAVES = (
    HEAD
    + """
TARGETS = {"three": Target("tensors", ("x", "y", "z"), "xy + yz²", value, gradient)}


def plan(draw):
    return [
        Call(id="article", function="three", args=(1.0, 2.0, 3.0)),
        Call(id="drawn", function="three", args=(2.5, 0.5, 1.5)),
        Call(id="bent", function="three", args=(2.5, 0.5, 1.5), bend=1.625),
        Call(id="again", function="three", args=(1.0, 2.0, 3.0)),
    ]


@check("The gradients are right", points=1)
def test_gradients(evidence):
    for call in evidence.unbent("three"):
        for leaf, right in zip(returned(call, 4, "(x, y, z, f)"), gradient(*call.args)):
            agree(call, leaf.grad, right, "a gradient")
"""
)
THREE = """
import torch

def three(x0, y0, z0):
    x, y, z = (torch.tensor(n, requires_grad=True) for n in (x0, y0, z0))
    f = x * y + y * z**2
    f.backward()
    print(x.grad, y.grad, z.grad)
    return x, y, z, f
"""
ROWS = (
    HEAD
    + """
NAMES = ("x_slope", "y_slope", "z_slope")
TARGETS = {"rows": Target("passes", ("x", "y", "z"), "xy + yz²", value, gradient, returns=NAMES, zeroes=True)}


def plan(draw):
    return [
        Call(id="article", function="rows", args=(1.0, 2.0, 3.0, 2)),
        Call(id="drawn", function="rows", args=(2.5, 0.5, 1.5, 3)),
    ]


@check("The rows are right", points=1)
def test_rows(evidence):
    for call in evidence:
        rows = rows_in(call.returned, 3)
        expect(rows is not None and len(rows) == call.args[3], "no rows")
        for row in rows:
            for number, right in zip(row, gradient(*call.args[:3])):
                agree(call, number, right, "a gradient")
"""
)
RECORD = """
import torch

def rows(x0, y0, z0, passes):
    x, y, z = (torch.tensor(n, requires_grad=True) for n in (x0, y0, z0))
    found = []
    for _ in range(passes):
        (x * y + y * z**2).backward()
        found.append((x.grad.item(), y.grad.item(), z.grad.item()))
        for leaf in (x, y, z):
            leaf.grad.zero_()
    return found
"""
BOTH = """
from autograd_grader.grading import *


def gradient(x, y):
    return 2 * x * y, x**2


TARGETS = {
    "both": Target("by-hand", ("x", "y"), "x²y", lambda x, y: x**2 * y, gradient, returns=("automatic", "mine"))
}


def plan(draw):
    return [
        Call(id="article", function="both", args=(1.5, 2.0)),
        Call(id="drawn", function="both", args=(2.5, 0.75)),
        Call(id="bent", function="both", args=(2.5, 0.75), bend=1.625),
        Call(id="again", function="both", args=(1.5, 2.0)),
    ]


@check("Both gradients are right, and each is what it is called", points=1)
def test_both(evidence):
    for call in evidence:
        automatic, mine = returned(call, 2, "(automatic, mine)")
        for number, own, right in zip(items_of(automatic), items_of(mine), gradient(*call.args)):
            agree(call, own, right, "mine")
            expect(call.plan.bend == 1.0 or call.followed(number, right), "automatic is not autograd's")
"""
COMPARE = """
import torch

def both(x0, y0):
    x, y = (torch.tensor(n, requires_grad=True) for n in (x0, y0))
    (x**2 * y).backward()
    automatic, mine = (x.grad, y.grad), [2 * x0 * y0, x0**2]
    return automatic, mine
"""
FORMLESS = """
from autograd_grader.grading import *


def plan(draw):
    return [
        Call(id="article", function="fit", args=([1, 2], "mean", 0.5)),
        Call(id="words", function="fit", args=(["a", None], "sum", True)),
    ]


TARGETS = {}


@check("It gives the sum", points=1)
def test_sum(evidence):
    agree(evidence["article"], evidence["article"].returned, 7.0, "the sum")
    expect(evidence.bent("fit") is None, "there is no bent call")
"""


def test_each_form_that_a_target_may_name_is_known_and_has_an_order_of_rules() -> None:
    assert FORM_BY_NAME.keys() == OF_FORM.keys() == {None, *FORMS}
    with pytest.raises(CourseError, match="no form of return 'shapes'"):
        form_of(Target("shapes"))


def test_gradients_of_three_leaves_that_are_permuted_are_named_so(one_exercise: Write) -> None:
    one = one_exercise(THREE_LEAVES, "three")
    assert one.graded(THREE).score == 1
    permuted = THREE.replace("    return", "    x.grad, y.grad, z.grad = z.grad, x.grad, y.grad\n    return")
    result = one.graded(permuted)
    (diagnosis,) = result.exercises[0].diagnoses
    assert diagnosis.slug == "swapped-returns"
    assert "x.grad holds the derivative for z, y.grad that for x, and z.grad that for y." in diagnosis.explanation
    assert result.flags == ()


def test_three_leaves_that_come_back_in_another_order_are_named_so(one_exercise: Write) -> None:
    one = one_exercise(THREE_LEAVES, "three")
    result = one.graded(THREE.replace("return x, y, z, f", "return y, z, x, f"))
    (diagnosis,) = result.exercises[0].diagnoses
    assert "returned (y, z, x, f); asked for was (x, y, z, f)." in diagnosis.explanation
    assert result.flags == ()


def test_rows_of_three_are_read_and_described_as_such(one_exercise: Write) -> None:
    one = one_exercise(ROWS, "rows")
    assert one.graded(RECORD).score == 1
    turned = RECORD.replace("(x.grad.item(), y.grad.item(), z.grad.item())", "[g.grad.item() for g in (y, z, x)]")
    (diagnosis,) = one.graded(turned).exercises[0].diagnoses
    assert "`rows(1, 2, 3, 2)` returned hold the gradients of y, z, x, in this order." in diagnosis.explanation
    assert diagnosis.explanation.startswith("The triples ")
    (diagnosis,) = one.graded(RECORD.replace("return found", "return found[0]")).exercises[0].diagnoses
    assert "asked for was a list of triples (x_slope, y_slope, z_slope), one a pass." in diagnosis.explanation


@pytest.mark.parametrize(
    ("old", "new", "slug", "words"),
    [
        (
            "return automatic, mine",
            "return mine, automatic",
            "swapped-returns",
            "asked for was (automatic, mine), each",
        ),
        ("return automatic, mine", "return automatic, automatic", "not-by-hand", "`mine` was multiplied with it"),
        ("return automatic, mine", "return mine, mine", "by-hand-only", "automatic stayed as it was"),
        ("x0**2]", "2 * x0]", "wrong-derivative", "mine is (6, 3); the derivative of x²y is (6, 2.25) there."),
        ("return automatic, mine", "return x.grad, mine", "wrong-return", "each a number for each of x, y"),
    ],
)
def test_gradients_of_two_leaves_are_compared_with_ones_own(
    one_exercise: Write, old: str, new: str, slug: str, words: str
) -> None:
    one = one_exercise(BOTH, "both")
    assert one.graded(COMPARE).score == 1
    result = one.graded(COMPARE.replace(old, new))
    (diagnosis,) = result.exercises[0].diagnoses
    assert diagnosis.slug == slug
    assert words in diagnosis.explanation
    assert [flag for flag in result.flags if flag.slug == "broken-rule"] == []


def test_a_plan_without_a_bent_or_a_repeated_call_is_graded_like_any_other(one_exercise: Write) -> None:
    one = one_exercise(ROWS, "rows")
    for old, new, slug in (
        ("            leaf.grad.zero_()", "            pass", "accumulated"),
        ("        for leaf in (x, y, z):\n            leaf.grad.zero_()", "        x.grad.zero_()", "zeroed-one-only"),
        ("(x * y + y * z**2).backward()", "(x * y + y * z**2 + x).backward()", "wrong-formula"),
        ("range(passes)", "range(2)", "ignores-passes"),
    ):
        result = one.graded(RECORD.replace(old, new))
        assert [d.slug for d in result.exercises[0].diagnoses] == [slug]
        assert result.flags == ()


def test_a_function_without_a_form_is_asked_no_rule_of_a_form(one_exercise: Write) -> None:
    one = one_exercise(FORMLESS, "fit")
    right = "def fit(xs, how, lr):\n    return len(xs) + len(how) + lr + 0.5\n"
    result = one.graded(right)
    assert (result.score, result.flags, result.exercises[0].notes) == (1, (), ())
    result = one.graded(right.replace("0.5", "2.0"))
    assert (result.score, result.flags, result.exercises[0].diagnoses) == (0, (), ())
    result = one.graded("def fit(xs, how, lr):\n    return how.nothing\n")
    assert [d.slug for d in result.exercises[0].diagnoses] == ["raised"]
    assert "`fit([1, 2], 'mean', 0.5)` stopped at line 2" in result.exercises[0].diagnoses[0].explanation


def test_two_answers_without_a_form_behave_alike_if_their_numbers_do(one_exercise: Write) -> None:
    one = one_exercise(FORMLESS, "fit")
    course = one.course

    def behaves(returned: str) -> object:
        head = "import torch\ndef fit(xs, how, lr):\n    print(xs)\n    t = torch.tensor([1.0, 2.0])\n"
        source = f"{head}    return {returned}\n"
        return behaviour(exercises_of(course, one.observed(source))["only"])

    assert behaves("t + 1") == behaves("torch.add(t, 1).requires_grad_()")
    assert behaves("t + 1") != behaves("t + 2")
    assert behaves("(t, 'a')") != behaves("(t, 'b')")
