"""Each fault of a grader's plan or targets is a `CourseError` that names the grader and says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograd_grader.course import open_course
from autograd_grader.course.target import Target
from autograd_grader.errors import CourseError
from autograd_grader.model.plan import ExercisePlan
from autograd_grader.model.submission import Submission

from .conftest import MANIFEST, WriteCourse

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = Submission(id="nobody", origin="nobody")
GRADER_OF_NUMBERS = """
from autograd_grader.grading import Call, tensor

def plan(draw):
    return [Call(id="article", function="double", args=({argument},))]
"""


def planned(root: Path) -> ExercisePlan:
    (plan,) = open_course(root).plan(NOBODY, "seed").exercises
    return plan


ARTICLE = 'Call(id="article", function="double", args=(3.0,))'
AGAIN = 'Call(id="again", function="double", args=(3.0,))'
TARGET = 'Target("tensors", ("x",), "2x", lambda x: 2 * x, lambda x: (2.0,))'

FAULTS = {
    "no plan": ("def plan", "def plans", "it has no function `plan`"),
    "a plan that raises": ("    return [", "    return next(iter([]))\n    [", "`plan` raised StopIteration"),
    "a plan of something else": (ARTICLE, '"article"', "gives something that is no call"),
    "a plan of nothing": ("    return [", "    return None\n    [", "`plan` raised TypeError"),
    "no article call": ('"article"', '"first"', "0 calls of `double` with the id 'article'"),
    "two article calls": ('"again"', '"second-article"', "2 calls of `double` with the id 'article'"),
    "an article call that is bent": (ARTICLE, ARTICLE[:-1] + ", bend=2.0)", "the call 'article' is bent"),
    "two calls of one id": ('"bent"', '"again"', "2 calls (or constants) with the id 'again'"),
    "an id that is a constant's": ('"bent"', '"WHY"', "2 calls (or constants) with the id 'WHY'"),
    "an again call that differs": (AGAIN, AGAIN.replace("3.0", "4.0"), "'again' differs from 'article'"),
    "two again calls": (AGAIN, AGAIN + "," + AGAIN.replace('"again"', '"once-again"'), "leave one"),
    "two bent calls": (AGAIN, AGAIN + "," + AGAIN.replace('again"', 'more", bend=2.0'), "bends 2 calls"),
    "a bend of nothing": ("draw.bend()", "0.0", "bend it by `draw.bend()`"),
    "a function that is not listed": ('id="again", function="double"', 'id="t", function="treble"', "calls `treble`"),
    "targets that are no dict": ('{"double": ' + TARGET + "}", '["double"]', "`TARGETS` is no dict"),
    "a target for another function": ('{"double"', '{"treble"', "`TARGETS` has 'treble'"),
    "a target of something else": (TARGET, "None", "the target of `double` is no `Target(…)`"),
    "a form that does not exist": ('"tensors"', '"tensor"', "has the form 'tensor', which does not exist: use one of"),
    "a form without leaves": ('("x",)', "()", "has the form 'tensors' and lacks leaves"),
    "a form without a gradient": (", lambda x: (2.0,)", "", "lacks gradient"),
    "a name too many for what comes back": ("(2.0,))", '(2.0,), ("a", "b", "c"))', "names 3 things that come back"),
    "an argument too many": ("(2.0,))", '(2.0,), arguments=("a", "b"))', "names 2 `arguments`: name one for each"),
    "passes that are not counted": ('"tensors"', '"passes"', "must end with a whole number of passes"),
    "a form called without its leaves": ("args=(3.0,)", "args=()", "must begin with a number for each leaf (x)"),
    "a form called with a text": ("args=(3.0,)", 'args=("3",)', "must begin with a number for each leaf (x)"),
    "a gradient of one number too many": ("(2.0,))", "(2.0, 2.0))", "give a number a leaf"),
    "a gradient that raises": ("(2.0,))", "(1 / 0,))", "raised ZeroDivisionError"),
    "a value that is no number": ("2 * x", "None", "it must give one number"),
    "a cap that is too high": ("TARGETS", "MAX_VALUES = 5000\nTARGETS", "`MAX_VALUES` is 5000"),
    "a cap that is no number": ("TARGETS", "MAX_VALUES = True\nTARGETS", "`MAX_VALUES` is True"),
    "a grader that can't be loaded": ("def plan", "import no_such_module\ndef plan", "No module named"),
    "a grader that ends the program": ("def plan", "raise SystemExit(0)\ndef plan", "can't be loaded: SystemExit"),
    "a grader that is no Python": ("def plan", "def plan plan", "can't be loaded: SyntaxError"),
    "numbers that can't be drawn": ("numbers(1)", "numbers(1, lambda x: False)", "no 1 different numbers were found"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_names_the_grader(write_course: WriteCourse, old: str, new: str, words: str) -> None:
    root = write_course()
    assert planned(root).calls[0].id == "article"
    grader = root / "graders" / "test_double.py"
    text = grader.read_text("utf-8")
    assert old in text
    grader.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(CourseError) as caught:
        planned(root)
    message = str(caught.value)
    assert words in message
    assert str(grader) in message
    assert "\n" not in message


def test_a_function_that_is_never_called_is_named(write_course: WriteCourse) -> None:
    root = write_course(manifest=MANIFEST.replace('["double"]', '["double", "treble"]'))
    with pytest.raises(CourseError, match=r"test_double\.py: the plan never calls `treble`: add a call"):
        planned(root)


UNSENDABLE = {
    "infinity": ("float('inf')", "argument 1 is float (inf)"),
    "a set": ("{1.0}", "argument 1 is set"),
    "bytes": ("b'x'", "argument 1 is bytes"),
    "a list with a set in it": ("[1.0, {2.0}]", "argument 1 is"),
    "a ragged tensor": ("tensor([[1.0], [1.0, 2.0]])", "its rows are of different lengths"),
    "a tensor of an unknown dtype": ("tensor(1.0, 'float')", "there is no dtype 'float'"),
    "a whole tensor that requires grad": ("tensor(1, 'int64', requires_grad=True)", "can't require grad"),
    "a tensor of texts": ("tensor(['a'])", "a tensor is made of numbers"),
}


@pytest.mark.parametrize(("argument", "words"), UNSENDABLE.values(), ids=UNSENDABLE)
def test_an_argument_that_cannot_be_sent_is_named(write_course: WriteCourse, argument: str, words: str) -> None:
    root = write_course(grader=GRADER_OF_NUMBERS.replace("{argument}", argument))
    with pytest.raises(CourseError) as caught:
        planned(root)
    assert words in str(caught.value)
    assert "test_double.py" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "argument", ["3", "3.5", "'text'", "True", "None", "[1.0, [2.0]]", "(1.0, 'a')", "tensor([[1.0, 2.0]], 'float64')"]
)
def test_a_plan_survives_json(write_course: WriteCourse, argument: str) -> None:
    plan = planned(write_course(grader=GRADER_OF_NUMBERS.replace("{argument}", argument)))
    assert ExercisePlan.model_validate_json(plan.model_dump_json()) == plan


def test_targets_may_be_missing(write_course: WriteCourse) -> None:
    course = open_course(write_course(grader=GRADER_OF_NUMBERS.replace("{argument}", "3.0")))
    assert course.targets(course.exercises[0]) == {"double": Target()}


def test_a_grader_sets_the_cap_of_returned_numbers(write_course: WriteCourse) -> None:
    grader = GRADER_OF_NUMBERS.replace("{argument}", "3.0")
    assert planned(write_course(grader=grader)).max_values == 64
    assert planned(write_course(grader=f"{grader}\nMAX_VALUES = 400\n")).max_values == 400


def test_a_fault_that_only_some_numbers_bring_about_is_found(write_course: WriteCourse) -> None:
    grader = GRADER_OF_NUMBERS.replace("{argument}", "3.0").replace('"article"', 'draw.choice(["article", "other"])')
    course = open_course(write_course(grader=grader))
    faults = 0
    for seed in range(40):
        try:
            course.plan(NOBODY, str(seed))
        except CourseError:
            faults += 1
    assert 5 < faults < 35
