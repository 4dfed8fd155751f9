"""Rules for the backward passes behind a wrong gradient: how often, from which tensor, through which graph."""

from __future__ import annotations

from autograd_grader.grade.diagnose.gradients.suspects import root_value, suspects
from autograd_grader.grade.diagnose.rule import Finding, rule
from autograd_grader.grade.diagnose.words import gradients as gradients_words
from autograd_grader.grade.diagnose.words import graph as graph_words
from autograd_grader.grade.diagnose.words import returned as returned_words
from autograd_grader.grade.evidence.autograd import (
    backward_calls,
    backward_passes,
    cuts,
    described_cut,
    root_of,
)
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.grade.evidence.numbers import close
from autograd_grader.grade.evidence.shown import show
from autograd_grader.model.observation import Event


@rule(gradients_words.ACCUMULATED_RECORDED)
def accumulated(function: FunctionEvidence) -> Finding | None:
    for call, _ in suspects(function):
        right, asked = function.right_value(call), function.form.passes(function.target, call)
        from_result = [e for e in backward_calls(call) if close(root_value(call, e), right, call.tolerance)]
        for event in from_result if len(from_result) > asked else from_result[:1]:
            added = any(kind == "changed" and leaf in event.leaves for leaf, kind, _ in event.changes)
            if added and not event.scaled:
                return Finding.at(
                    event,
                    f"In `{call.text}` line {event.line} called backward while `.grad` still held an earlier gradient,"
                    " and added to it.",
                )
    return None


@rule(gradients_words.WRONG_BACKWARD_ARGUMENT)
def wrong_backward(function: FunctionEvidence) -> Finding | None:
    for call, event in suspects(function):
        scaled = next((e for e in backward_passes(call) if e.scaled), None)
        if scaled is not None:
            return Finding.at(
                scaled,
                f"Line {scaled.line} gives `backward` an argument other than 1, and every gradient is multiplied"
                " by it.",
            )
        right = function.right_value(call)
        if not close(root_value(call, event), right, call.tolerance) and _computed_apart(call, event, right):
            return Finding.at(
                event,
                f"Line {event.line} walks back from a tensor that holds {show(root_value(call, event))};"
                f" {function.target.result} is {show(right)}.",
            )
    return None


def _computed_apart(call: CallEvidence, event: Event, right: float) -> bool:
    """Whether the right result was computed, on another line than what the backward pass started from.

    On the same line it is a part of a longer formula that is not the one asked for.
    """
    root = root_of(call, event)
    computed = [e for e in call.events("op", "leaf") if close(e.value, right, call.tolerance)]
    return any(root is None or root.line != e.line for e in computed)


@rule(graph_words.GRAPH_BROKEN)
def graph_broken(function: FunctionEvidence) -> Finding | None:
    result = function.target.result
    for call, event in suspects(function):
        right = close(root_value(call, event), function.right_value(call), call.tolerance)
        events = call.observed.events
        cut = next((c for c in cuts(call) if events.index(c) < events.index(event)), None)
        if cut is not None and (right or len(event.leaves) < len(function.target.leaves)):
            return Finding.at(
                cut,
                f"Line {cut.line} takes a bare number out of the graph ({described_cut(cut)}), so part of `{result}`"
                " has no way back to its leaf.",
            )
        alone = len(backward_calls(call)) <= function.form.passes(function.target, call)
        if cut is None and right and alone and event.kind == "backward":
            return Finding.at(
                event,
                f"In `{call.text}` `{result}` has the right value, but one term of it is computed from a number, not"
                " from the leaf: to autograd that term is a constant.",
            )
    return None


@rule(returned_words.WRONG_FORMULA)
def wrong_formula(function: FunctionEvidence) -> Finding | None:
    for call, event in suspects(function):
        value, right = root_value(call, event), function.right_value(call)
        if value is not None and not close(value, right, call.tolerance):
            return Finding.at(
                root_of(call, event),
                f"In `{call.text}` {function.target.result} is {show(value)}; {function.target.formula} gives"
                f" {show(right)} there.",
            )
    return None


@rule(gradients_words.WRONG_BACKWARD_ROOT)
def another_root(function: FunctionEvidence) -> Finding | None:
    for call in function.returned:
        right = function.right_value(call)
        for event in backward_calls(call)[1:]:
            value = root_value(call, event)
            if event.changes and value is not None and not close(value, right, call.tolerance):
                return Finding.at(
                    event,
                    f"In `{call.text}` line {event.line} walks back from a tensor that holds {show(value)};"
                    f" {function.target.result} is {show(right)}.",
                )
    return None
