"""The misconceptions that this course knows, nearer to the root cause first."""

from __future__ import annotations

from dataclasses import replace

from descent import Mistake, Task, comes_to, descend, fit_in, losses_in, task_of
from points import fills_range, is_evenly_spaced, lies_on_line, points_in

from autograd_grader.grading import (
    CallEvidence,
    Finding,
    FunctionEvidence,
    Words,
    close,
    describe_value,
    number_in,
    rule,
    show,
)

DATA, BY_HAND, OPTIMIZER = ["make_data"], ["fit_by_hand"], ["fit_with_optimizer"]
LOOPS = [*BY_HAND, *OPTIMIZER]
PAGES = "https://docs.pytorch.org/docs/stable/"

WORDS = {"not-started/text": {"hint": "What does the gradient point to? And which way do you want the loss to go?"}}


# The data.


@rule(
    Words("wrong-return", "Something else was returned", "Return `x` and `y` with a comma between them, both tensors."),
    functions=DATA,
)
def other_data(function: FunctionEvidence) -> Finding | None:
    call = next((c for c in function.returned if points_in(c) is None), None)
    if call is None:
        return None
    words = (
        f"`{call.text}` returned {describe_value(call.returned)}; two tensors of {call.args[1]} numbers were asked for."
    )
    return Finding.within(function, words)


@rule(
    Words(
        "evenly-spaced",
        "The points are not drawn",
        "An experiment's points don't stand in a row. Which function of torch draws numbers between 0 and 1?",
        PAGES + "generated/torch.rand.html",
    ),
    functions=DATA,
)
def evenly_spaced(function: FunctionEvidence) -> Finding | None:
    found = [points for call in function.returned if (points := points_in(call))]
    if not found or not all(map(is_evenly_spaced, found)):
        return None
    words = "Each `x` is as far from the next as all the others are: nothing was drawn."
    return Finding.within(function, words, "linspace", "arange", "range")


@rule(
    Words(
        "seed-unused",
        "The seed does not reach the draw",
        "Whose generator did you seed, and whose does the function use that draws?",
        PAGES + "notes/randomness.html",
    ),
    functions=DATA,
)
def seed_unused(function: FunctionEvidence) -> Finding | None:
    if function.article is None or function.again is None:
        return None
    one, other = points_in(function.article), points_in(function.again)
    if one is None or other is None or one.x == other.x:
        return None
    words = f"`{function.article.text}` was called twice and gave two different `x`."
    return Finding.within(function, words, "rand", "uniform_", "randn")


@rule(
    Words(
        "seed-fixed",
        "Every seed gives the same data",
        "Follow the argument `seed` through your function: where does it stop mattering?",
        PAGES + "generated/torch.manual_seed.html",
    ),
    functions=DATA,
)
def seed_fixed(function: FunctionEvidence) -> Finding | None:
    asked = function.article.args[1:] if function.article is not None else ()
    found = {call.args[0]: points_in(call) for call in function.returned if call.args[1:] == asked}
    drawn = {points.x for points in found.values() if points is not None}
    if len(found) < 2 or len(drawn) != 1:
        return None
    words = f"The seeds {' and '.join(map(str, found))} gave the very same `x`."
    return Finding.within(function, words, "manual_seed", "seed", "Generator")


@rule(
    Words(
        "wrong-range",
        "The points fill another range",
        "Where do the numbers 0 and 1, the ends of what `torch.rand` draws, end up in your formula?",
        PAGES + "generated/torch.rand.html",
    ),
    functions=DATA,
)
def wrong_range(function: FunctionEvidence) -> Finding | None:
    for call in function.returned:
        points = points_in(call)
        if points is not None and not fills_range(call, points):
            ends = f"{show(min(points.x))} and {show(max(points.x))}"
            return Finding.within(function, f"In `{call.text}`, `x` lies between {ends}.", "rand", "randn", "uniform_")
    return None


@rule(
    Words(
        "off-the-line",
        "The points are not on the line",
        "Put one `x` of yours into `slope * x + intercept` with pencil and paper, and compare with its `y`.",
        PAGES + "generated/torch.add.html",
    ),
    functions=DATA,
)
def off_the_line(function: FunctionEvidence) -> Finding | None:
    for call in function.returned:
        points = points_in(call)
        if points is not None and not lies_on_line(call, points):
            x, y = points.x[0], points.y[0]
            words = f"In `{call.text}` the first point is ({show(x)}, {show(y)}), which is not on that line."
            return Finding.within(function, words, "slope", "intercept")
    return None


# Both loops: what raised.


@rule(
    Words(
        "step-recorded",
        "Autograd records the step",
        "A step is no part of the function that is differentiated. Which context tells autograd to look away?",
        PAGES + "generated/torch.no_grad.html",
    ),
    functions=BY_HAND,
)
def step_recorded(function: FunctionEvidence) -> Finding | None:
    if function.raised is None or "leaf variable" not in function.raised[1].message.casefold():
        return None
    error = function.raised[1]
    words = f"Line {error.line} changes a leaf in place while autograd records it: the step became part of the graph."
    return Finding.at(error, words, f"{error.type}: {error.message}")


@rule(
    Words(
        "leaf-bound-anew",
        "The name is bound to a new tensor",
        "After `w = …` the name stands for the result of an operation, and the leaf is gone. How do you change the leaf"
        " itself?",
        PAGES + "generated/torch.Tensor.is_leaf.html",
    ),
    functions=BY_HAND,
)
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


@rule(
    Words(
        "optimizer-over-copies",
        "The optimizer moves other tensors",
        "An optimizer changes the tensors that it is handed. Are these the ones that your loss is computed from?",
        PAGES + "optim.html",
    ),
    functions=OPTIMIZER,
)
def optimizer_over_results(function: FunctionEvidence) -> Finding | None:
    if function.raised is None or "optimize a non-leaf" not in function.raised[1].message:
        return None
    error = function.raised[1]
    words = f"Line {error.line} hands the optimizer the result of an operation (a `clone`, say), not the leaf."
    return Finding.at(error, words, f"{error.type}: {error.message}")


# Both loops: what came back.


@rule(
    Words(
        "ignores-steps",
        "Another number of steps than asked for",
        "Let the loop run `steps` times, and record once a time.",
    ),
    functions=LOOPS,
)
def ignores_steps(function: FunctionEvidence) -> Finding | None:
    for call in function.returned:
        recorded, steps = losses_in(call), task_of(call).steps
        if recorded is not None and recorded != steps:
            words = f"`{call.text}` recorded {recorded} losses; {steps} steps were asked for."
            return Finding.within(function, words, "range", "steps")
    return None


@rule(
    Words("wrong-return", "Something else was returned", "Return `w`, `b` and the list of losses, in this order."),
    functions=LOOPS,
)
def other_fit(function: FunctionEvidence) -> Finding | None:
    call = next((c for c in function.returned if fit_in(c) is None), None)
    if call is None:
        return None
    words = f"`{call.text}` returned {describe_value(call.returned)}; two numbers and a list of losses were asked for."
    return Finding.within(function, words)


@rule(
    Words(
        "ready-made-steps",
        "An optimizer makes the steps",
        "What does `optimizer.step()` do with each `.grad`? Write that line yourself.",
        PAGES + "optim.html",
    ),
    functions=BY_HAND,
)
def ready_made_steps(function: FunctionEvidence) -> Finding | None:
    step = next((event for call in function.unbent for event in call.events("step")), None)
    return None if step is None else Finding.at(step, f"Line {step.line} lets an optimizer make the step.")


@rule(
    Words(
        "step-before-backward",
        "The step comes before backward",
        "`step()` uses the gradients as they stand. Which call puts them there?",
        PAGES + "optim.html#taking-an-optimization-step",
    ),
    functions=OPTIMIZER,
)
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


@rule(
    Words(
        "never-stepped",
        "The optimizer never makes a step",
        "`backward` fills `.grad` and moves nothing. What does the moving?",
        PAGES + "generated/torch.optim.Optimizer.step.html",
    ),
    functions=OPTIMIZER,
)
def never_stepped(function: FunctionEvidence) -> Finding | None:
    calls = function.returned
    if not calls or any(c.events("step") or not comes_to(c, descend(_stays(task_of(c)))) for c in calls):
        return None
    return Finding.within(function, "`w` and `b` are still 0 after the last step.", "step", "backward")


@rule(
    Words(
        "optimizer-over-copies",
        "The optimizer moves other tensors",
        "An optimizer changes the tensors that it is handed. Are these the ones that your loss is computed from?",
        PAGES + "optim.html",
    ),
    functions=OPTIMIZER,
)
def optimizer_over_copies(function: FunctionEvidence) -> Finding | None:
    calls = function.returned
    if not calls or not all(c.events("step") and comes_to(c, descend(_stays(task_of(c)))) for c in calls):
        return None
    words = "The optimizer made its steps, and yet `w` and `b` are still 0: it moves other tensors."
    return Finding.within(function, words, "SGD", "optim")


@rule(
    Words(
        "steps-by-hand",
        "The steps are made by hand",
        "Your steps may well be right. Here the point is to hand `w` and `b` to an optimizer and let it move them.",
        PAGES + "optim.html",
    ),
    functions=OPTIMIZER,
)
def steps_by_hand(function: FunctionEvidence) -> Finding | None:
    calls = function.returned
    if not calls or any(call.events("step") for call in calls):
        return None
    return Finding.within(function, "`w` and `b` moved, and no optimizer's `step()` moved them.", "lr", "data")


@rule(
    Words(
        "momentum-lost",
        "The momentum is lost",
        "What an optimizer remembers of earlier steps, it keeps in itself. How long does yours live, and was it told?",
        PAGES + "generated/torch.optim.SGD.html",
    ),
    functions=OPTIMIZER,
)
def momentum_lost(function: FunctionEvidence) -> Finding | None:
    calls = [call for call in function.returned if task_of(call).momentum]
    plain = [descend(replace(task_of(call), momentum=0.0)) for call in calls]
    if all(map(_is_right, calls)) or not all(comes_to(c, fit) for c, fit in zip(calls, plain, strict=True)):
        return None
    return Finding.within(
        function, f"`{calls[0].text}` came to the line that it has without momentum.", "SGD", "momentum"
    )


@rule(
    Words(
        "uphill",
        "The steps go uphill",
        "The gradient points to where the loss grows fastest. Which way do you want to go?",
        PAGES + "optim.html",
    ),
    functions=LOOPS,
)
def uphill(function: FunctionEvidence) -> Finding | None:
    if not _all_come_to(function, Mistake(uphill=True)):
        return None
    return Finding.within(function, "The loss grows with each step: the steps go with the gradient.", "grad", "step")


@rule(
    Words(
        "accumulated",
        "The gradients of earlier steps are still there",
        "`backward` adds to what is in `.grad`. What has to happen to it between one step and the next?",
        PAGES + "generated/torch.optim.Optimizer.zero_grad.html",
    ),
    functions=LOOPS,
)
def accumulated(function: FunctionEvidence) -> Finding | None:
    if not _all_come_to(function, Mistake(kept=(True, True))):
        return None
    words = "From the second step on, each step uses the sum of all gradients so far."
    return Finding.within(function, words, "backward")


@rule(
    Words("zeroed-one-only", "One gradient of the two is zeroed", "Each leaf has a `.grad` of its own."),
    functions=LOOPS,
)
def zeroed_one_only(function: FunctionEvidence) -> Finding | None:
    for name, kept in (("w", (True, False)), ("b", (False, True))):
        if _all_come_to(function, Mistake(kept=kept)):
            return Finding.within(
                function, f"The gradient of `{name}` is never zeroed, the other's is.", "zero_", "None"
            )
    return None


@rule(
    Words("intercept-still", "The intercept never moves", "How many numbers does a line have? Each needs its step."),
    functions=LOOPS,
)
def intercept_still(function: FunctionEvidence) -> Finding | None:
    if not _all_come_to(function, Mistake(still=True)):
        return None
    return Finding.within(function, "`b` is 0 after the last step, and `w` moves as if it had to be.", "b")


@rule(
    Words(
        "summed-loss",
        "The loss is the sum, not the mean",
        "With twice as many points, should a step be twice as long?",
        PAGES + "generated/torch.mean.html",
    ),
    functions=LOOPS,
)
def summed_loss(function: FunctionEvidence) -> Finding | None:
    if not _all_come_to(function, Mistake(summed=True)):
        return None
    return Finding.within(
        function, "Each loss is as many times too large as there are points.", "sum", "mse_loss", "dot"
    )


@rule(
    Words(
        "recorded-late",
        "The loss is recorded after the step",
        "The first loss is that of the line with `w = 0` and `b = 0`. What has happened by the time you record?",
    ),
    functions=LOOPS,
)
def recorded_late(function: FunctionEvidence) -> Finding | None:
    if not _all_come_to(function, Mistake(late=True)):
        return None
    return Finding.within(function, "The recorded losses are those after each step, not before it.", "append")


@rule(
    Words(
        "wrong-loss",
        "The loss is another function",
        "Write the loss of one point down, then the mean over all: square, sign, factor.",
        PAGES + "generated/torch.nn.functional.mse_loss.html",
    ),
    functions=LOOPS,
)
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


@rule(
    Words(
        "by-hand-only",
        "The gradient is a formula's, not autograd's",
        "Your formula may well be right. Here the point is to let `backward()` find the gradients.",
        PAGES + "generated/torch.Tensor.backward.html",
    ),
    functions=LOOPS,
)
def by_hand_only(function: FunctionEvidence) -> Finding | None:
    bent = function.bent
    if bent is None or not comes_to(bent, descend(replace(task_of(bent), bend=1.0))):
        return None
    return Finding.within(function, "What moves `w` and `b` does not come from a `backward`.", "mean", "grad")
