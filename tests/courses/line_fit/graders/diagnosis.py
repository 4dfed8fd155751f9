"""The misconceptions that this course knows, nearer to the root cause first."""

from __future__ import annotations

from dataclasses import replace

import misconceptions
from descent import Mistake, Task, comes_to, descend, fit_in, losses_in, task_of
from points import fills_range, is_evenly_spaced, lies_on_line, points_in

from autograd_grader.grading import (
    CallEvidence,
    Finding,
    FunctionEvidence,
    close,
    describe_value,
    number_in,
    rule,
    show,
)

DATA, BY_HAND, OPTIMIZER = ["make_data"], ["fit_by_hand"], ["fit_with_optimizer"]
LOOPS = [*BY_HAND, *OPTIMIZER]

WORDS = {"not-started/text": {"hint": "What does the gradient point to? And which way do you want the loss to go?"}}


# The data.


@rule(misconceptions.OTHER_DATA, functions=DATA)
def other_data(function: FunctionEvidence) -> Finding | None:
    call = next((c for c in function.returned if points_in(c) is None), None)
    if call is None:
        return None
    words = (
        f"`{call.text}` returned {describe_value(call.returned)}; two tensors of {call.args[1]} numbers were asked for."
    )
    return Finding.within(function, words)


@rule(misconceptions.EVENLY_SPACED, functions=DATA)
def evenly_spaced(function: FunctionEvidence) -> Finding | None:
    found = [points for call in function.returned if (points := points_in(call))]
    if not found or not all(map(is_evenly_spaced, found)):
        return None
    words = "Each `x` is as far from the next as all the others are: nothing was drawn."
    return Finding.within(function, words, "linspace", "arange", "range")


@rule(misconceptions.SEED_UNUSED, functions=DATA)
def seed_unused(function: FunctionEvidence) -> Finding | None:
    if function.article is None or function.again is None:
        return None
    one, other = points_in(function.article), points_in(function.again)
    if one is None or other is None or one.x == other.x:
        return None
    words = f"`{function.article.text}` was called twice and gave two different `x`."
    return Finding.within(function, words, "rand", "uniform_", "randn")


@rule(misconceptions.SEED_FIXED, functions=DATA)
def seed_fixed(function: FunctionEvidence) -> Finding | None:
    asked = function.article.args[1:] if function.article is not None else ()
    found = {call.args[0]: points_in(call) for call in function.returned if call.args[1:] == asked}
    drawn = {points.x for points in found.values() if points is not None}
    if len(found) < 2 or len(drawn) != 1:
        return None
    words = f"The seeds {' and '.join(map(str, found))} gave the very same `x`."
    return Finding.within(function, words, "manual_seed", "seed", "Generator")


@rule(misconceptions.WRONG_RANGE, functions=DATA)
def wrong_range(function: FunctionEvidence) -> Finding | None:
    for call in function.returned:
        points = points_in(call)
        if points is not None and not fills_range(call, points):
            ends = f"{show(min(points.x))} and {show(max(points.x))}"
            return Finding.within(function, f"In `{call.text}`, `x` lies between {ends}.", "rand", "randn", "uniform_")
    return None


@rule(misconceptions.OFF_THE_LINE, functions=DATA)
def off_the_line(function: FunctionEvidence) -> Finding | None:
    for call in function.returned:
        points = points_in(call)
        if points is not None and not lies_on_line(call, points):
            x, y = points.x[0], points.y[0]
            words = f"In `{call.text}` the first point is ({show(x)}, {show(y)}), which is not on that line."
            return Finding.within(function, words, "slope", "intercept")
    return None


# Both loops: what raised.


@rule(misconceptions.STEP_RECORDED, functions=BY_HAND)
def step_recorded(function: FunctionEvidence) -> Finding | None:
    if function.raised is None or "leaf variable" not in function.raised[1].message.casefold():
        return None
    error = function.raised[1]
    words = f"Line {error.line} changes a leaf in place while autograd records it: the step became part of the graph."
    return Finding.at(error, words, f"{error.type}: {error.message}")


@rule(misconceptions.LEAF_BOUND_ANEW, functions=BY_HAND)
def leaf_bound_anew(function: FunctionEvidence) -> Finding | None:
    if function.raised is None:
        return None
    call, error = function.raised
    passed = any(event.error is None for event in call.events("backward"))
    if not passed or not any(words in error.message for words in ("NoneType", "does not require grad")):
        return None
    words = (
        f"One backward filled `.grad`; after the step, line {error.line} met a tensor that is no leaf with a gradient."
    )
    return Finding.at(error, words, f"{error.type}: {error.message}")


@rule(misconceptions.OPTIMIZER_OVER_COPIES, functions=OPTIMIZER)
def optimizer_over_results(function: FunctionEvidence) -> Finding | None:
    if function.raised is None or "optimize a non-leaf" not in function.raised[1].message:
        return None
    error = function.raised[1]
    words = f"Line {error.line} hands the optimizer the result of an operation (a `clone`, say), not the leaf."
    return Finding.at(error, words, f"{error.type}: {error.message}")


# Both loops: what came back.


@rule(misconceptions.IGNORES_STEPS, functions=LOOPS)
def ignores_steps(function: FunctionEvidence) -> Finding | None:
    for call in function.returned:
        recorded, steps = losses_in(call), task_of(call).steps
        if recorded is not None and recorded != steps:
            words = f"`{call.text}` recorded {recorded} losses; {steps} steps were asked for."
            return Finding.within(function, words, "range", "steps")
    return None


@rule(misconceptions.OTHER_FIT, functions=LOOPS)
def other_fit(function: FunctionEvidence) -> Finding | None:
    call = next((c for c in function.returned if fit_in(c) is None), None)
    if call is None:
        return None
    words = f"`{call.text}` returned {describe_value(call.returned)}; two numbers and a list of losses were asked for."
    return Finding.within(function, words)


@rule(misconceptions.READY_MADE_STEPS, functions=BY_HAND)
def ready_made_steps(function: FunctionEvidence) -> Finding | None:
    step = next((event for call in function.unbent for event in call.events("step")), None)
    return None if step is None else Finding.at(step, f"Line {step.line} lets an optimizer make the step.")


@rule(misconceptions.STEP_BEFORE_BACKWARD, functions=OPTIMIZER)
def step_before_backward(function: FunctionEvidence) -> Finding | None:
    for call in function.returned:
        steps, passes = call.events("step"), call.events("backward")
        if steps and passes and call.events("step", "backward")[0] is steps[0]:
            words = f"In `{call.text}`, line {steps[0].line} makes a step before any `backward` has filled `.grad`."
            return Finding.at(steps[0], words)
    return None


def _stays(task: Task) -> Task:
    return replace(task, lr=0.0)


def _all_come_to(function: FunctionEvidence, mistake: Mistake) -> bool:
    """Whether each call gave the fit of a mistake, which is another than the right one in some."""
    calls = function.returned
    made = all(comes_to(call, descend(task_of(call), mistake)) for call in calls)
    return made and not all(_is_right(call) for call in calls)


def _is_right(call: CallEvidence) -> bool:
    return comes_to(call, descend(task_of(call)))


@rule(misconceptions.NEVER_STEPPED, functions=OPTIMIZER)
def never_stepped(function: FunctionEvidence) -> Finding | None:
    calls = function.returned
    if not calls or any(c.events("step") or not comes_to(c, descend(_stays(task_of(c)))) for c in calls):
        return None
    return Finding.within(function, "`w` and `b` are still 0 after the last step.", "step", "backward")


@rule(misconceptions.OPTIMIZER_OVER_COPIES, functions=OPTIMIZER)
def optimizer_over_copies(function: FunctionEvidence) -> Finding | None:
    calls = function.returned
    if not calls or not all(c.events("step") and comes_to(c, descend(_stays(task_of(c)))) for c in calls):
        return None
    words = "The optimizer made its steps, and yet `w` and `b` are still 0: it moves other tensors."
    return Finding.within(function, words, "SGD", "optim")


@rule(misconceptions.STEPS_BY_HAND, functions=OPTIMIZER)
def steps_by_hand(function: FunctionEvidence) -> Finding | None:
    calls = function.returned
    if not calls or any(call.events("step") for call in calls):
        return None
    return Finding.within(function, "`w` and `b` moved, and no optimizer's `step()` moved them.", "lr", "data")


@rule(misconceptions.MOMENTUM_LOST, functions=OPTIMIZER)
def momentum_lost(function: FunctionEvidence) -> Finding | None:
    calls = [call for call in function.returned if task_of(call).momentum]
    plain = [descend(replace(task_of(call), momentum=0.0)) for call in calls]
    if all(map(_is_right, calls)) or not all(comes_to(c, fit) for c, fit in zip(calls, plain, strict=True)):
        return None
    return Finding.within(
        function, f"`{calls[0].text}` came to the line that it has without momentum.", "SGD", "momentum"
    )


@rule(misconceptions.UPHILL, functions=LOOPS)
def uphill(function: FunctionEvidence) -> Finding | None:
    if not _all_come_to(function, Mistake(uphill=True)):
        return None
    return Finding.within(function, "The loss grows with each step: the steps go with the gradient.", "grad", "step")


@rule(misconceptions.ACCUMULATED, functions=LOOPS)
def accumulated(function: FunctionEvidence) -> Finding | None:
    if not _all_come_to(function, Mistake(kept=(True, True))):
        return None
    words = "From the second step on, each step uses the sum of all gradients so far."
    return Finding.within(function, words, "backward")


@rule(misconceptions.ZEROED_ONE_ONLY, functions=LOOPS)
def zeroed_one_only(function: FunctionEvidence) -> Finding | None:
    for name, kept in (("w", (True, False)), ("b", (False, True))):
        if _all_come_to(function, Mistake(kept=kept)):
            return Finding.within(
                function, f"The gradient of `{name}` is never zeroed, the other's is.", "zero_", "None"
            )
    return None


@rule(misconceptions.INTERCEPT_STILL, functions=LOOPS)
def intercept_still(function: FunctionEvidence) -> Finding | None:
    if not _all_come_to(function, Mistake(still=True)):
        return None
    return Finding.within(function, "`b` is 0 after the last step, and `w` moves as if it had to be.", "b")


@rule(misconceptions.SUMMED_LOSS, functions=LOOPS)
def summed_loss(function: FunctionEvidence) -> Finding | None:
    if not _all_come_to(function, Mistake(summed=True)):
        return None
    return Finding.within(
        function, "Each loss is as many times too large as there are points.", "sum", "mse_loss", "dot"
    )


@rule(misconceptions.RECORDED_LATE, functions=LOOPS)
def recorded_late(function: FunctionEvidence) -> Finding | None:
    if not _all_come_to(function, Mistake(late=True)):
        return None
    return Finding.within(function, "The recorded losses are those after each step, not before it.", "append")


@rule(misconceptions.WRONG_LOSS, functions=LOOPS)
def wrong_loss(function: FunctionEvidence) -> Finding | None:
    for call in function.returned:
        fit, right = fit_in(call), descend(task_of(call)).losses[0]
        if fit is not None and not close(number_in(fit[2][0]), right, call.tolerance):
            first = show(number_in(fit[2][0]))
            words = (
                f"The first loss in `{call.text}`, where the line is still flat, is {first}; {show(right)} is right."
            )
            return Finding.within(function, words, "mean", "loss")
    return None


@rule(misconceptions.BY_HAND_ONLY, functions=LOOPS)
def by_hand_only(function: FunctionEvidence) -> Finding | None:
    bent = function.bent
    if bent is None or not comes_to(bent, descend(replace(task_of(bent), bend=1.0))):
        return None
    return Finding.within(function, "What moves `w` and `b` does not come from a `backward`.", "mean", "grad")
