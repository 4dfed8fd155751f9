"""Exercise 2: `fit_by_hand(x, y, lr, steps)` returns (w, b, losses); `WHY_AGAINST` says why, and a person marks it."""

from __future__ import annotations

from dataclasses import replace

from descent import RATE, Task, draw_task, follows, returned_fit

from autograd_grader.grading import (
    Call,
    Draw,
    ExerciseEvidence,
    await_review,
    check,
    expect,
    fail,
    is_explanation,
    tensor,
)

FUNCTION = "fit_by_hand"
ARTICLE = Task((-1.0, -0.5, 0.0, 0.5, 1.0), (-1.2, 0.1, 0.9, 2.2, 2.8), RATE, 4)


def call_of(name: str, task: Task) -> Call:
    """The call that hands a task over as tensors."""
    args = (tensor(task.x), tensor(task.y), task.lr, task.steps)
    return Call(id=name, function=FUNCTION, args=args, bend=task.bend)


def plan(draw: Draw) -> list[Call]:
    """The article's points, other points and steps, a single step, autograd bent, and the article's again."""
    bend = draw.bend()
    drawn = draw_task(draw, 6, 6, bend=bend)
    tasks = {
        "article": ARTICLE,
        "drawn": drawn,
        "once": replace(drawn, steps=1),
        "bent": replace(drawn, bend=bend),
        "again": ARTICLE,
    }
    return [call_of(name, task) for name, task in tasks.items()]


@check("It returns (w, b, losses), a loss for each step", points=1)
def test_returns(evidence: ExerciseEvidence) -> None:
    for call in evidence:
        returned_fit(call)


@check("The losses fall as they should, and w and b are where they should be", points=2.5)
def test_fit(evidence: ExerciseEvidence) -> None:
    follows(evidence["article"])


@check("The same for other points and other steps", points=2)
def test_other_numbers(evidence: ExerciseEvidence) -> None:
    follows(evidence["drawn"])
    follows(evidence["once"])


@check("The gradients are autograd's, and the steps your own", points=2)
def test_autograd(evidence: ExerciseEvidence) -> None:
    follows(evidence["bent"])
    stepped = [event for call in evidence for event in call.events("step")]
    expect(not stepped, "an optimizer made the steps; they were to be yours")


@check("Called again, it gives the same", points=0.5)
def test_again(evidence: ExerciseEvidence) -> None:
    follows(evidence["again"])


@check("WHY_AGAINST says why each step goes against the gradient", points=2)
def test_why_against(evidence: ExerciseEvidence) -> None:
    text = evidence.constant("WHY_AGAINST")
    if text is None or not is_explanation(text):
        fail("WHY_AGAINST has no explanation yet: two to four sentences were asked for")
    await_review(text)
