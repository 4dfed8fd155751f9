"""A fifth exercise for the built-in course: a stub, a grader and seven lines of `course.toml`."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from .conftest import Graded, Run

if TYPE_CHECKING:
    from pathlib import Path

    from autograd_grader.course import Course

MANIFEST = """
[[exercises]]
id = "cubes"
title = "Three leaves at once"
stub = "ex5_three_leaves.py"
functions = ["three_leaves"]
grader = "test_ex5_three_leaves.py"
points = 5
"""

STUB = '''"""Exercise 5: three leaves at once."""

import torch


def three_leaves(x0: float = 1.0, y0: float = 2.0, z0: float = 3.0):
    """Return `(x, y, z, f)`, the leaves and f = xy + z³, after a backward."""
    raise NotImplementedError("write exercise 5 here")
'''

GRADER = '''"""Exercise 5: three leaves, f = xy + z³."""

from autograd_grader.grading import Call, Target, agree, check, returned

FUNCTION = "three_leaves"
TARGETS = {
    FUNCTION: Target(
        form="tensors",
        leaves=("x", "y", "z"),
        formula="xy + z³",
        value=lambda x, y, z: x * y + z**3,
        gradient=lambda x, y, z: (y, x, 3 * z**2),
    )
}


def plan(draw):
    drawn = draw.numbers(3)
    return [
        Call(id="article", function=FUNCTION, args=(1.0, 2.0, 3.0)),
        Call(id="drawn", function=FUNCTION, args=drawn),
        Call(id="bent", function=FUNCTION, args=drawn, bend=draw.bend()),
    ]


def expect_gradients(call):
    *leaves, _ = returned(call, 4, "(x, y, z, f)")
    for leaf, right in zip(leaves, TARGETS[FUNCTION].gradient(*call.args)):
        agree(call, leaf.grad, right * call.plan.bend, "a gradient")


@check("The gradients are right", points=2)
def test_article(evidence):
    expect_gradients(evidence["article"])


@check("They are right for other numbers, and autograd's", points=3)
def test_others(evidence):
    expect_gradients(evidence["drawn"])
    expect_gradients(evidence["bent"])
'''

RIGHT = """
import torch

def three_leaves(x0=1.0, y0=2.0, z0=3.0):
    x, y, z = (torch.tensor(number, requires_grad=True) for number in (x0, y0, z0))
    f = x * y + z**3
    f.backward()
    print(x.grad, y.grad, z.grad)
    return x, y, z, f
"""
NO_BACKWARD = RIGHT.replace("    f.backward()\n", "")
EXCHANGED = RIGHT.replace("return x, y, z", "x.grad, y.grad, z.grad = z.grad, x.grad, y.grad\n    return x, y, z")


@pytest.fixture
def graded(own_course: Course, course: Course, run: Run, tmp_path: Path) -> Graded:
    with (own_course.stubs / "course.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(MANIFEST)
    (own_course.stubs / "ex5_three_leaves.py").write_text(STUB, "utf-8")
    (own_course.graders / "test_ex5_three_leaves.py").write_text(GRADER, "utf-8")
    for name, source in {"right": RIGHT, "stub": STUB, "no-backward": NO_BACKWARD, "exchanged": EXCHANGED}.items():
        (tmp_path / "submissions" / name).mkdir(parents=True)
        for exercise in course.exercises:
            answer = course.graders / "answers" / exercise.id / "right" / "reference.py"
            shutil.copy(answer, tmp_path / "submissions" / name / exercise.stub)
        (tmp_path / "submissions" / name / "ex5_three_leaves.py").write_text(source, "utf-8")
    done = run("batch", "--course", own_course.root, "submissions", "--out", "reports", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    return Graded(tmp_path / "reports")


def test_a_fifth_exercise_has_its_column_title_points_and_report(graded: Graded) -> None:
    assert graded.columns == [
        "submission", "ex1", "ex2", "ex3", "ex4", "cubes", "score", "max_score", "awaiting_review", "status",
    ]  # fmt: skip
    assert graded.row("right") == {
        "submission": "right", "ex1": "10", "ex2": "10", "ex3": "8", "ex4": "10", "cubes": "5",
        "score": "43", "max_score": "45", "awaiting_review": "2", "status": "graded",
    }  # fmt: skip
    fifth = graded.report("right")["exercises"][4]
    assert (fifth["id"], fifth["title"], fifth["max_score"]) == ("cubes", "Three leaves at once", 5)
    assert "Three leaves at once" in graded.page("right")
    assert "cubes" in graded.index
    assert graded.report("right")["max_score"] == 45


def test_the_engines_rules_speak_of_it_and_raise_nothing(graded: Graded) -> None:
    assert graded.slugs("stub")["cubes"] == ["not-started"]
    assert graded.slugs("no-backward")["cubes"] == ["never-called-backward"]
    assert graded.slugs("exchanged")["cubes"][:1] == ["swapped-returns"]
    assert [graded.report(name)["flags"] for name in ("right", "stub", "no-backward", "exchanged")] == [[], [], [], []]
