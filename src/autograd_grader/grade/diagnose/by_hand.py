"""Rules for functions that return autograd's gradient and the student's own: the form `by-hand`."""

from __future__ import annotations

from autograd_grader.grade.diagnose.gradients.suspects import suspects
from autograd_grader.grade.diagnose.rule import Finding, rule
from autograd_grader.grade.diagnose.words import gradients as gradients_words
from autograd_grader.grade.diagnose.words import returned as returned_words
from autograd_grader.grade.evidence.autograd import backward_passes, first_emptying
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.grade.evidence.numbers import close, number_in
from autograd_grader.grade.evidence.shown import describe_value, literals, show_row
from autograd_grader.grade.forms.by_hand import (
    autograd_followed,
    both_gradients,
    gradient_names,
    own_followed,
    read_both,
)
from autograd_grader.model.observation import Value


@rule(returned_words.SWAPPED_RETURNS)
def swapped_returns(function: FunctionEvidence) -> Finding | None:
    if not own_followed(function) or autograd_followed(function):
        return None
    asked = function.form.asked(function.target)
    explanation = f"The second number is autograd's and the first is your own; asked for was {asked}."
    return Finding.within(function, explanation, "return")


@rule(gradients_words.NOT_BY_HAND)
def not_by_hand(function: FunctionEvidence) -> Finding | None:
    if not own_followed(function):
        return None
    own = gradient_names(function.target)[1]
    return Finding.within(
        function,
        f"When every gradient of autograd's was multiplied, `{own}` was multiplied with it: it was not worked out by"
        " hand, so it checks nothing.",
        own,
        "return",
    )


@rule(gradients_words.ZEROED_TOO_EARLY)
def zeroed_too_early(function: FunctionEvidence) -> Finding | None:
    for call, _ in suspects(function):
        zeroing = first_emptying(call)
        gradient = function.form.first_gradient(function.target, call) or ()
        if zeroing is not None and gradient and not any(gradient):
            explanation = f"In `{call.text}` line {zeroing.line} zeroed the gradient before it was returned."
            return Finding.at(zeroing, explanation)
    return None


@rule(returned_words.HARD_CODED_BY_HAND)
def hard_coded(function: FunctionEvidence) -> Finding | None:
    found, article = both_gradients(function), function.article
    if article is None or len(found) < 2 or found[0].call is not article:
        return None
    others = [both for both in found[1:] if both.call is not function.again]
    for index, name in enumerate(gradient_names(function.target)):
        if not _is_right(function, article, (found[0].autograd, found[0].own)[index]):
            continue
        for both in others:
            values = (both.autograd, both.own)[index]
            if not _is_right(function, both.call, values):
                return Finding.within(
                    function,
                    f"`{article.text}` comes out right; in `{both.call.text}` {name} is"
                    f" {show_row(map(number_in, values))}, where {show_row(function.right_gradient(both.call))} is"
                    " right.",
                    *literals(*function.right_gradient(article)),
                    name,
                )
    return None


def _is_right(function: FunctionEvidence, call: CallEvidence, values: tuple[Value, ...]) -> bool:
    pairs = zip(values, function.right_gradient(call), strict=True)
    return all(close(number_in(value), right, call.tolerance) for value, right in pairs)


@rule(gradients_words.BY_HAND_ONLY)
def not_autograds(function: FunctionEvidence) -> Finding | None:
    call, found = function.bent, both_gradients(function)
    if call is None or call.returned is None or not found or autograd_followed(function):
        return None
    if any(number_in(value) is None for both in found for value in both.autograd):
        return None
    name = gradient_names(function.target)[0]
    return Finding.within(
        function,
        f"When every gradient of autograd's was multiplied, {name} stayed as it was: it does not come from a"
        " `backward`.",
        "return",
        "append",
    )


@rule(returned_words.WRONG_DERIVATIVE)
def wrong_derivative(function: FunctionEvidence) -> Finding | None:
    own = gradient_names(function.target)[1]
    for both in both_gradients(function):
        if _is_right(function, both.call, both.own):
            continue
        odd = next((value for value in both.own if number_in(value) is None), None)
        found = show_row(map(number_in, both.own)) if odd is None else describe_value(odd)
        right = show_row(function.right_gradient(both.call))
        return Finding.within(
            function,
            f"In `{both.call.text}` {own} is {found}; the derivative of {function.target.formula} is {right} there.",
            own,
            "return",
        )
    return None


@rule(gradients_words.ACCUMULATED_CALLS)
def keeps_state(function: FunctionEvidence) -> Finding | None:
    article, again = function.article, function.again
    first, second = read_both(function.target, article), read_both(function.target, again)
    if article is None or again is None or first is None or second is None or not backward_passes(again):
        return None
    before, after = [number_in(v) for v in first.autograd], [number_in(v) for v in second.autograd]
    if before == after:
        return None
    return Finding.within(
        function,
        f"`{article.text}` gave {show_row(before)} first and {show_row(after)} when called again: what the first call"
        " left was still there.",
    )
