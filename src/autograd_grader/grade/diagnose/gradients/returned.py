"""Rules for what came back in the place of gradients: another shape, other values, or nothing at all."""

from __future__ import annotations

from autograd_grader.grade.diagnose.rule import Finding, rule
from autograd_grader.grade.diagnose.words import graph as graph_words
from autograd_grader.grade.diagnose.words import returned as returned_words
from autograd_grader.grade.evidence.autograd import backward_passes, cuts, described_cut, empty_read
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.grade.evidence.numbers import close, number_in
from autograd_grader.grade.evidence.shown import describe_value
from autograd_grader.model.observation import Event, Value


def _numbers(function: FunctionEvidence, call: CallEvidence) -> list[Value] | None:
    return function.form.numbers(function.target, call)


@rule(returned_words.WRONG_RETURN)
def wrong_return(function: FunctionEvidence) -> Finding | None:
    for call in function.returned:
        values = _numbers(function, call)
        if values is None:
            asked = function.form.asked(function.target)
            explanation = f"`{call.text}` returned {_shape(call.returned)}; asked for was {asked}."
            return Finding.within(function, explanation, "return")
        odd = next((v for v in values if number_in(v) is None and v.kind != "none"), None)
        if odd is not None:
            explanation = (
                f"In what `{call.text}` returned, one entry is {describe_value(odd)}; each is to be one number."
            )
            return Finding.within(function, explanation, "return")
    return None


def _shape(value: Value | None) -> str:
    if value is not None and value.kind == "sequence" and value.items:
        return f"{describe_value(value)}, the first of them {describe_value(value.items[0])}"
    return describe_value(value)


@rule(returned_words.WRONG_RETURN_VALUES)
def values_for_gradients(function: FunctionEvidence) -> Finding | None:
    for call in function.returned:
        values, count = _numbers(function, call), len(function.target.leaves)
        if not values or not backward_passes(call):
            continue
        first = zip(values[:count], call.args, strict=False)
        if all(close(number_in(value), number, call.tolerance) for value, number in first):
            explanation = f"`{call.text}` returned what the leaves hold, not their gradients."
            return Finding.within(function, explanation, "append", "return")
    return None


def _with_none(function: FunctionEvidence) -> CallEvidence | None:
    """The first call that returned nothing (None) in the place of a gradient."""
    for call in function.returned:
        values = _numbers(function, call)
        if values is not None and any(v.kind == "none" for v in values):
            return call
    return None


@rule(graph_words.NON_LEAF_GRAD_EMPTY)
def non_leaf(function: FunctionEvidence) -> Finding | None:
    call = _with_none(function)
    read = empty_read(call) if call is not None else None
    if call is None or read is None or not read.requires_grad or read.leaves:
        return None
    return Finding.at(
        read,
        f"Line {read.line} asks for `.grad` of a tensor that is the result of an operation. Autograd keeps gradients at"
        " the leaves alone, so it is empty.",
    )


@rule(graph_words.NEVER_CALLED_BACKWARD)
def never_called(function: FunctionEvidence) -> Finding | None:
    call = _with_none(function)
    if call is None or backward_passes(call):
        return None
    return Finding.at(empty_read(call), f"`{call.text}` returned an empty gradient: nothing in it called `backward()`.")


@rule(graph_words.GRAPH_BROKEN)
def cut_off(function: FunctionEvidence) -> Finding | None:
    call = _with_none(function)
    passes = backward_passes(call) if call is not None else []
    if call is None or not passes or any(_reaches_read(call, event) for event in passes):
        return None
    if any(event.kind == "grad" for event in passes):
        return None  # handed back, not left in `.grad`
    cut = next(iter(cuts(call)), None)
    if cut is None:
        lead = f"`{function.target.result}` is not computed from the leaf"
        return Finding.at(passes[0], f"{lead}: `backward` ran, and there was no way back to it.")
    return Finding.at(
        cut,
        f"Line {cut.line} takes a bare number out of the graph ({described_cut(cut)}); `backward` ran, and never"
        " reached the leaf.",
    )


def _reaches_read(call: CallEvidence, event: Event) -> bool:
    read = empty_read(call)
    return read is not None and bool(set(read.leaves) & set(event.leaves))


@rule(graph_words.GRAD_IS_NONE_RETURNED)
def still_none(function: FunctionEvidence) -> Finding | None:
    call = _with_none(function)
    if call is None:
        return None
    lead = f"`{call.text}` returned `None` for a gradient"
    dropped = next((e for e in call.observed.events if any(kind == "dropped" for _, kind, _ in e.changes)), None)
    if dropped is not None:
        return Finding.at(dropped, f"{lead}: `backward` had filled it, and line {dropped.line} emptied it.")
    return Finding.at(empty_read(call), f"{lead}: when it was read, no `backward` had filled it.")
