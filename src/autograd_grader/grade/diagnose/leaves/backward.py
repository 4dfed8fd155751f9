"""Rules for the backward passes that fill the returned leaves' gradients, and for what was printed of them."""

from __future__ import annotations

from autograd_grader.grade.diagnose.rule import Finding, rule
from autograd_grader.grade.diagnose.words import gradients as gradients_words
from autograd_grader.grade.diagnose.words import graph as graph_words
from autograd_grader.grade.diagnose.words import returned as returned_words
from autograd_grader.grade.evidence.autograd import (
    added_to,
    backward_calls,
    backward_passes,
    cuts,
    described_cut,
    emptied,
    empty_read,
)
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.grade.evidence.numbers import close, is_printed, number_in
from autograd_grader.grade.evidence.shown import show
from autograd_grader.grade.forms.leaves import ReturnedLeaves, followed_the_bend, read_leaves, returned_leaves
from autograd_grader.model.observation import Event, Value


@rule(gradients_words.ZEROED_TOO_EARLY_LEAVES)
def wiped_at_the_end(function: FunctionEvidence) -> Finding | None:
    for returned in returned_leaves(function):
        call = returned.call
        filled = any(event.changes for event in backward_calls(call))
        wiped = [event for event in call.observed.events if emptied(event)]
        if filled and wiped and any(grad is None or number_in(grad) == 0.0 for grad in returned.gradients):
            return Finding.at(
                wiped[-1],
                f"In `{call.text}` line {wiped[-1].line} wipes the gradient that `backward` had left, and the leaf"
                " comes back without it.",
            )
    return None


@rule(graph_words.NEVER_CALLED_BACKWARD)
def never_called_backward(function: FunctionEvidence) -> Finding | None:
    result = function.target.result
    for returned in returned_leaves(function):
        if all(grad is not None for grad in returned.gradients) or backward_calls(returned.call):
            continue
        handed_back = next(iter(returned.call.events("grad")), None)
        asked = (
            f" Line {handed_back.line} asks for the gradient with `autograd.grad`, which hands it back and leaves"
            " `.grad` empty."
            if handed_back
            else ""
        )
        computed = f"`{returned.call.text}` computed `{result}` = {show(number_in(returned.result))}"
        return Finding.within(function, f"{computed}, but nothing filled `.grad`.{asked}", result, "return")
    return None


@rule(returned_words.WRONG_FORMULA)
def wrong_formula(function: FunctionEvidence) -> Finding | None:
    result = function.target.result
    for returned in returned_leaves(function):
        if not returned.value_is_right:
            return Finding.within(
                function,
                f"In `{returned.call.text}` {result} is {show(number_in(returned.result))}; {function.target.formula}"
                f" gives {show(returned.right_value)} there.",
                result,
                "pow",
            )
    return None


@rule(gradients_words.ACCUMULATED)
def accumulated(function: FunctionEvidence) -> Finding | None:
    for returned in returned_leaves(function):
        if returned.gradient_is_right:
            continue
        adding = [event for event in backward_calls(returned.call) if added_to(event) and not event.scaled]
        roots = {tensor for event in adding for tensor in event.tensors}
        if adding and (returned.result.object in roots or not roots or _holds_multiples(returned)):
            name, grad, once = returned.names[0], returned.gradients[0], returned.right_gradient[0]
            return Finding.at(
                adding[0],
                f"In `{returned.call.text}` {name}.grad came out as {show(number_in(grad))}; once through is"
                f" {show(once)}. Something was in `.grad` already when line {adding[0].line} called backward.",
            )
    return None


def _holds_multiples(returned: ReturnedLeaves) -> bool:
    """Whether a leaf's `.grad` holds its gradient several times over."""
    pairs = zip(returned.gradients, returned.right_gradient, strict=True)
    return any(_is_multiple(grad, once, returned.call) for grad, once in pairs)


def _is_multiple(value: Value | None, once: float, call: CallEvidence) -> bool:
    number = number_in(value)
    return number is not None and any(close(number, once * k, call.tolerance) for k in (2, 3, 4))


@rule(graph_words.GRAPH_BROKEN_PARTLY)
def partly_cut(function: FunctionEvidence) -> Finding | None:
    result = function.target.result
    for returned in returned_leaves(function):
        if not _right_value_with_another_gradient(returned):
            continue
        first = backward_passes(returned.call)[0]
        before = returned.call.observed.events[: returned.call.observed.events.index(first)]
        cut = next((c for c in cuts(returned.call) if c in before), None)
        constant = f"`{result}` has the right value, but that term is a constant to autograd: {_compared(returned)}."
        if cut is not None:
            return Finding.at(
                cut, f"Line {cut.line} takes a bare number out of the graph ({described_cut(cut)}). {constant}"
            )
        lead = f"One term of `{result}` is computed from a number, not from the leaf."
        return Finding.within(function, f"{lead} {constant}", result)
    return None


def _right_value_with_another_gradient(returned: ReturnedLeaves) -> bool:
    """Whether a plain `backward` on the right result left another gradient, which nothing changed by hand."""
    passes = backward_passes(returned.call)
    return (
        not returned.gradient_is_right
        and returned.value_is_right
        and bool(passes)
        and not passes[0].scaled
        and returned.result.object in passes[0].tensors
        and all(grad is not None for grad in returned.gradients)
        and not returned.call.events("grad-write")
    )


def _compared(returned: ReturnedLeaves) -> str:
    """The gradients as they are, and as they should be."""
    pairs = zip(returned.names, returned.gradients, strict=True)
    grads = ", ".join(f"{name}.grad is {show(number_in(grad))}" for name, grad in pairs)
    return f"{grads}, where {', '.join(map(show, returned.right_gradient))} is right"


@rule(gradients_words.WRONG_BACKWARD)
def wrong_backward(function: FunctionEvidence) -> Finding | None:
    for returned in returned_leaves(function):
        if returned.gradient_is_right:
            continue
        passes = backward_passes(returned.call)
        return _wrong_pass(function, returned, passes) if passes else None
    return None


def _wrong_pass(function: FunctionEvidence, returned: ReturnedLeaves, passes: list[Event]) -> Finding:
    result = function.target.result
    scaled = next((event for event in passes if event.scaled), None)
    if scaled is not None:
        return Finding.at(
            scaled,
            f"Line {scaled.line} gives `backward` an argument other than 1, and every gradient is multiplied by it.",
        )
    other = next((event for event in passes if returned.result.object not in event.tensors), None)
    if other is None:
        return Finding.at(
            passes[0],
            f"Line {passes[0].line} walks back from `{result}`, and yet {_compared(returned)}. Was it told to fill some"
            " leaves only, or was `.grad` changed by hand?",
        )
    return Finding.at(
        other, f"Line {other.line} walks back from another tensor than the returned `{result}`: {_compared(returned)}."
    )


@rule(gradients_words.BY_HAND_ONLY_LEAVES)
def not_autograds(function: FunctionEvidence) -> Finding | None:
    found = returned_leaves(function)
    if not found or followed_the_bend(function):
        return None
    assigned = found[0].assigned_gradient
    if assigned is None and not all(returned.gradient_is_right for returned in found):
        return None
    who = f"Line {assigned.line}" if assigned and assigned.line else "The function"
    return Finding.at(
        assigned,
        f"{who} puts a number into `.grad` that does not come from walking the graph of `{function.target.result}`.",
    )


@rule(gradients_words.ACCUMULATED_CALLS)
def keeps_state(function: FunctionEvidence) -> Finding | None:
    first, second = read_leaves(function.target, function.article), read_leaves(function.target, function.again)
    if first is None or second is None or not first.gradient_is_right or second.gradient_is_right:
        return None
    return Finding.within(
        function,
        f"The first `{first.call.text}` is right; called again, the gradient is"
        f" {', '.join(show(number_in(grad)) for grad in second.gradients)}: what the first call left was still there.",
    )


@rule(graph_words.GRAD_IS_NONE_PRINTED, also=True)
def read_too_early(function: FunctionEvidence) -> Finding | None:
    for returned in returned_leaves(function):
        read = empty_read(returned.call)
        if read is None or not read.leaves or not _not_printed(returned) or not returned.gradient_is_right:
            continue
        return Finding.at(
            read,
            f"Line {read.line} reads `.grad` before any `backward`: it was still `None`, and the gradient that came"
            " later was not printed.",
        )
    return None


@rule(returned_words.NOT_PRINTED, also=True)
def not_printed(function: FunctionEvidence) -> Finding | None:
    for returned in returned_leaves(function):
        lacking = _not_printed(returned)
        if lacking and returned.gradient_is_right:
            printed = "printed something else, not" if returned.call.observed.printed.strip() else "did not print"
            return Finding.within(function, f"`{returned.call.text}` {printed} {' and '.join(lacking)}.", "print")
    return None


def _not_printed(returned: ReturnedLeaves) -> list[str]:
    """The gradients that the call did not print."""
    pairs = zip(returned.names, returned.right_gradient, strict=True)
    return [f"{name}.grad" for name, right in pairs if not is_printed(returned.call.observed.printed, right)]
