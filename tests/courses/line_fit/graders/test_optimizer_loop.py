"""Exercise 3: `fit_with_optimizer(xs, ys, lr, steps, *, momentum)` returns (w, b, losses), stepped by an optimizer."""

from __future__ import annotations

from dataclasses import replace

from descent import RATE, Task, draw_task, follows, returned_fit

from autograd_grader.grading import Call, Draw, ExerciseEvidence, check, expect

FUNCTION = "fit_with_optimizer"
ARTICLE = Task((-1.0, -0.25, 0.25, 1.0), (2.7, 1.5, 0.4, -1.2), RATE, 4)


def call_of(name: str, task: Task) -> Call:
    """The call that hands a task over as lists."""
    return Call(
        id=name,
        function=FUNCTION,
        args=([*task.x], [*task.y], task.lr, task.steps),
        kwargs={"momentum": task.momentum} if task.momentum else {},
        bend=task.bend,
    )


def plan(draw: Draw) -> list[Call]:
    """The article's points, other points with momentum, a single step, autograd bent, and the article's again."""
    bend = draw.bend()
    drawn = draw_task(draw, 5, 6, momentum=0.5, bend=bend)
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


@check("The losses fall as they should, and w and b are where they should be", points=3)
def test_fit(evidence: ExerciseEvidence) -> None:
    follows(evidence["article"])


@check("The same for other points, other steps, and with momentum", points=2.5)
def test_other_numbers(evidence: ExerciseEvidence) -> None:
    follows(evidence["drawn"])
    follows(evidence["once"])


@check("An optimizer makes each step", points=1.5)
def test_stepped(evidence: ExerciseEvidence) -> None:
    for call in evidence:
        steps, made = call.args[3], len(call.events("step"))
        expect(made >= steps, f"{call.text} called step() {made} times; {steps} steps were asked for")


@check("The gradients are autograd's", points=1)
def test_autograd(evidence: ExerciseEvidence) -> None:
    follows(evidence["bent"])


@check("Called again, it gives the same", points=1)
def test_again(evidence: ExerciseEvidence) -> None:
    follows(evidence["again"])
