"""Diagnosis rules: a course's own, in their place and with its words, and what a rule that raises costs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from autograd_grader.errors import CourseError
from autograd_grader.grade.diagnose.course_rules import WORDS
from autograd_grader.grade.grading import grade
from autograd_grader.model.submission import Submission

if TYPE_CHECKING:
    from collections.abc import Callable

    from .one_exercise import OneExercise

    Write = Callable[..., OneExercise]

GRADER = """
from autograd_grader.grading import *

TARGETS = {"square": Target("tensors", ("x",), "x²", lambda x: x**2, lambda x: (2 * x,))}


def plan(draw):
    return [Call(id="article", function="square", args=(3.0,)), Call(id="drawn", function="square", args=(1.5,))]


@check("The gradient is right", points=1)
def test_gradient(evidence):
    for call in evidence:
        x, f = returned(call, 2, "(x, f)")
        agree(call, x.grad, 2 * call.args[0], "x.grad")


@check("It returns two values", points=1)
def test_two(evidence):
    for call in evidence:
        returned(call, 2, "(x, f)")
"""
WRONG = """
import torch

def square(x0):
    x = torch.tensor(x0, requires_grad=True)
    f = x**3
    f.backward()
    print(x.grad)
    return x, f
"""
RULES = """
from autograd_grader.grading import Finding, FunctionEvidence, Words, rule

WORDS = {"wrong-formula": {"hint": "How many edges has a square?"}}


@rule(Words("cubed", "The cube for the square", "Count the factors."), functions=["square"])
def cubed(function: FunctionEvidence) -> Finding | None:
    if function.returned and "3" in [name for name, _ in function.definition.uses]:
        return Finding.within(function, "`f` is the cube.", "3")
    return None


@rule(Words("fell", "It fell over", "Hold on to something."))
def fell(function: FunctionEvidence) -> Finding | None:
    return Finding.at(function.raised[1], "It fell.") if function.raised else None


@rule(Words("clumsy", "A clumsy rule", "…"))
def clumsy(function: FunctionEvidence) -> Finding | None:
    return None
"""


def slugs(one: OneExercise, answer: str) -> list[str]:
    return [diagnosis.slug for diagnosis in one.graded(answer).exercises[0].diagnoses]


def test_a_courses_own_rule_speaks_before_those_of_the_form_and_after_the_common_ones(one_exercise: Write) -> None:
    one = one_exercise(GRADER, "square", points=2)
    assert slugs(one, WRONG) == ["wrong-formula"]
    one.write("diagnosis.py", RULES)
    assert slugs(one, WRONG) == ["cubed"]
    (diagnosis,) = one.graded(WRONG).exercises[0].diagnoses
    assert (diagnosis.title, diagnosis.line) == ("The cube for the square", 6)
    assert slugs(one, WRONG.replace("x**3", "3 * undefined")) == ["fell"]  # before an exception that nothing explains
    assert slugs(one, WRONG.replace("f.backward()", "f.backward(); f.backward()")) == ["backward-twice"]
    assert slugs(one, "def square(x0):\n    pass\n") == ["not-started"]


def test_a_rule_is_asked_of_the_functions_that_it_names_alone(one_exercise: Write) -> None:
    one = one_exercise(GRADER, "square", points=2)
    one.write("diagnosis.py", RULES.replace('["square"]', '["cube"]'))
    with pytest.raises(CourseError, match="the rule cubed is asked of `cube`, which no exercise has"):
        one.graded(WRONG)


def test_a_course_words_the_engines_diagnoses_in_its_own_way(one_exercise: Write) -> None:
    one = one_exercise(GRADER, "square", points=2)
    one.write("diagnosis.py", RULES)
    (diagnosis,) = one.graded(WRONG.replace("x**3", "x**2 + x")).exercises[0].diagnoses
    assert diagnosis.slug == "wrong-formula"
    assert diagnosis.hint == "How many edges has a square?"
    assert diagnosis.title == "f is another function"


def test_the_result_is_called_what_the_exercise_calls_it(one_exercise: Write) -> None:
    one = one_exercise(GRADER.replace("(2 * x,))}", '(2 * x,), result="area")}'), "square", points=2)
    (diagnosis,) = one.graded(WRONG).exercises[0].diagnoses
    assert diagnosis.title == "area is another function"
    assert "In `square(3)` area is 27; x² gives 9 there." in diagnosis.explanation


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('WORDS = {"wrong-formla": {"hint": "…"}}', "'wrong-formla', which is no name of the program's words"),
        ('WORDS = {"wrong-formula": {"hnt": "…"}}', "is no dict of `title`, `hint` or `link`"),
        ("WORDS = []", "`WORDS` is no dict"),
        ("1 / 0", "can't be loaded: ZeroDivisionError"),
        ("raise SystemExit", "can't be loaded: SystemExit"),
    ],
)
def test_a_diagnosis_file_that_is_not_sound_is_refused_with_a_line_on_how_to_mend_it(
    one_exercise: Write, line: str, fault: str
) -> None:
    one = one_exercise(GRADER, "square", points=2)
    one.write("diagnosis.py", line)
    with pytest.raises(CourseError, match=r"diagnosis\.py") as refused:
        one.graded(WRONG)
    assert fault in str(refused.value)


@pytest.mark.parametrize("slip", ["function.nothing", "return 'a text'", "raise RecursionError", "1 / 0"])
def test_a_rule_that_raises_costs_its_explanation_and_a_flag_and_nothing_else(one_exercise: Write, slip: str) -> None:
    one = one_exercise(GRADER, "square", points=2)
    one.write("diagnosis.py", RULES)
    before = one.graded(WRONG.replace("x**3", "x**2 + x"))
    cubed, others = RULES.split('@rule(Words("fell"')
    one.write("diagnosis.py", cubed.replace("    return None", f"    {slip}") + '@rule(Words("fell"' + others)
    observed = [one.observed(WRONG.replace("x**3", formula)) for formula in ("x**2 + x", "x**2")]
    after, right = grade(one.course, observed)
    assert (right.score, right.flags) == (2, ())
    assert after.exercises == before.exercises
    assert (before.score, after.score) == (1, 1)
    (flag,) = after.flags
    assert flag.slug == "broken-rule"
    assert flag.detail.startswith("only: the rule cubed raised ")


def test_graders_import_the_files_beside_them_as_they_are_now_and_leave_nothing_behind(one_exercise: Write) -> None:
    sibling = GRADER.replace("2 * call.args[0]", "FACTOR * call.args[0]").replace(
        "import *\n", "import *\nfrom helper import FACTOR\n"
    )
    one = one_exercise(sibling, "square", points=2)
    one.write("helper.py", "FACTOR = 2\n")
    one.write("diagnosis.py", "import helper\nimport test_only\nWORDS = {}\n")
    right = WRONG.replace("x**3", "x**2")
    path = list(sys.path)
    assert one.graded(right).score == 2
    one.write("helper.py", "FACTOR = 3\n")
    assert one.graded(right).score == 1
    assert sys.path == path
    assert not {"helper", "test_only", "diagnosis"} & sys.modules.keys()


def test_every_name_of_the_engines_words_stands_for_one() -> None:
    assert len({(w.slug, w.variant) for w in WORDS.values()}) == len(WORDS)
    assert all(words.title and words.hint for words in WORDS.values())


def test_a_submission_without_code_is_graded_with_the_courses_rules(one_exercise: Write) -> None:
    one = one_exercise(GRADER, "square", points=2)
    one.write("diagnosis.py", RULES)
    nothing = Submission(id="ada", origin="ada")
    assert one.course.plan(nothing).exercises
    result = one.graded("")
    assert [d.slug for d in result.exercises[0].diagnoses] == ["missing-function"]
    assert grade(one.course, []) == []
