"""Rules for the returned leaves and the graph that leads to them."""

from __future__ import annotations

from autograd_grader.grade.diagnose.rule import Finding, rule
from autograd_grader.grade.diagnose.words import gradients as gradients_words
from autograd_grader.grade.diagnose.words import graph as graph_words
from autograd_grader.grade.diagnose.words import returned as returned_words
from autograd_grader.grade.evidence.autograd import backward_passes, cuts, described_cut
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.grade.evidence.numbers import number_in
from autograd_grader.grade.evidence.shown import literals, show
from autograd_grader.grade.forms.leaves import ReturnedLeaves, followed_the_bend, is_number, returned_leaves
from autograd_grader.model.observation import Event, Value


@rule(returned_words.HARD_CODED)
def hard_coded(function: FunctionEvidence) -> Finding | None:
    found = returned_leaves(function)
    if len(found) < 2 or found[0].call is not function.article or not found[0].holds_arguments:
        return None
    first, rest = found[0], [returned for returned in found[1:] if returned.call is not function.again]
    if not rest or not (_stays(first, rest) or _right_once(first, rest)):
        return None
    return Finding.within(
        function,
        f"`{first.call.text}` comes out right, `{rest[0].call.text}` does not: {_what_stays(function, first, rest)}.",
        *literals(*first.numbers, *first.right_gradient, first.right_value),
    )


def _stays(first: ReturnedLeaves, rest: list[ReturnedLeaves]) -> bool:
    """Whether leaves, result or gradient are what they were for the article's numbers."""
    return (
        _leaves_stay(first, rest)
        or _value_stays(first, rest)
        or (
            first.gradient_is_right
            and any(not r.gradient_is_right and r.gradient_is(first.right_gradient) for r in rest)
        )
    )


def _right_once(first: ReturnedLeaves, rest: list[ReturnedLeaves]) -> bool:
    """Whether the leaves follow the arguments, and result and gradient are right for the article's alone."""
    return (
        first.value_is_right
        and first.gradient_is_right
        and all(r.holds_arguments and not (r.value_is_right and r.gradient_is_right) for r in rest)
    )


def _leaves_stay(first: ReturnedLeaves, rest: list[ReturnedLeaves]) -> bool:
    held = [number_in(leaf) for leaf in first.leaves]
    return any(
        all(n is not None and is_number(leaf, n, r.call) for n, leaf in zip(held, r.leaves, strict=True)) for r in rest
    )


def _value_stays(first: ReturnedLeaves, rest: list[ReturnedLeaves]) -> bool:
    return first.value_is_right and any(
        not r.value_is_right and is_number(r.result, first.right_value, r.call) for r in rest
    )


def _what_stays(function: FunctionEvidence, first: ReturnedLeaves, rest: list[ReturnedLeaves]) -> str:
    other = rest[0]
    if _leaves_stay(first, rest):
        held = ", ".join(show(number_in(leaf)) for leaf in other.leaves)
        return f"{' and '.join(other.names)} still hold{'s' if len(other.names) == 1 else ''} {held}"
    if _value_stays(first, rest):
        value, right = show(number_in(other.result)), show(other.right_value)
        return f"{function.target.result} is {value} there too, where {right} is right"
    gradients = ", ".join(show(number_in(gradient)) for gradient in other.gradients)
    return f"the gradient there is {gradients}, where {', '.join(map(show, other.right_gradient))} is right"


@rule(graph_words.MISSING_REQUIRES_GRAD_LEAF)
def missing_requires_grad(function: FunctionEvidence) -> Finding | None:
    for returned in returned_leaves(function):
        late = _late_mark(returned)
        if late is not None:
            return Finding.at(
                late,
                f"Line {late.line} makes a tensor require grad after `{function.target.result}` was computed; by then"
                " the record was not written.",
            )
        for name, leaf in zip(returned.names, returned.leaves, strict=True):
            if leaf.kind == "tensor" and not leaf.requires_grad and not _has_twin(returned, leaf):
                explanation = f"`{name}` was not made with `requires_grad=True`, so autograd wrote nothing down for it."
                return Finding.within(function, explanation, "tensor", name)
    return None


def _late_mark(returned: ReturnedLeaves) -> Event | None:
    """The event that made a leaf require grad after the result had been computed, for which it came too late."""
    late = _first_mark_after(returned.call, returned.result)
    if late is None or cuts(returned.call):
        return None
    pairs = zip(returned.names, returned.leaves, strict=True)
    unreached = {leaf.object for name, leaf in pairs if name in returned.cut_off}
    return late if returned.result.node is None or unreached & set(late.tensors) else None


def _first_mark_after(call: CallEvidence, result: Value) -> Event | None:
    """The first event that made a tensor require grad once the result had been computed."""
    events = iter(call.observed.events)
    computed = any(e.output == result.object and e.kind == "op" for e in events)  # what follows is left in `events`
    return next((e for e in events if e.kind == "requires-grad" and e.error is None), None) if computed else None


def _has_twin(returned: ReturnedLeaves, leaf: Value) -> bool:
    """Whether a leaf that requires grad holds the same number: then the returned tensor is a copy cut off from it."""
    number = number_in(leaf)
    return number is not None and any(
        is_number(other, number, returned.call) for other in returned.call.observed.leaves
    )


@rule(gradients_words.BY_HAND_ONLY_LEAVES)
def assigned_instead(function: FunctionEvidence) -> Finding | None:
    for returned in returned_leaves(function):
        assigned = returned.assigned_gradient
        reached = any(set(event.leaves) for event in backward_passes(returned.call))
        if assigned is None or reached or not returned.value_is_right or not returned.holds_arguments:
            continue
        if not followed_the_bend(function):
            return Finding.at(assigned, f"Line {assigned.line} puts a number into `.grad` that no `backward` computed.")
    return None


@rule(graph_words.GRAPH_BROKEN)
def graph_broken(function: FunctionEvidence) -> Finding | None:
    for returned in returned_leaves(function):
        lost = returned.cut_off
        if returned.result.kind == "tensor" and not lost:
            continue
        to_leaves = " and ".join(lost) or "its leaves"
        result = function.target.result
        cut = next((c for c in cuts(returned.call) if c.output == returned.result.object or lost), None)
        if cut is None:
            return Finding.within(
                function,
                f"The graph of `{result}` does not lead back to {to_leaves}: somewhere a bare number took the tensor's"
                " place.",
                "tensor",
                result,
            )
        return Finding.at(
            cut,
            f"Line {cut.line} takes a bare number out of the graph ({described_cut(cut)}). From there on `{result}` has"
            f" no way back to {to_leaves}.",
        )
    return None


@rule(returned_words.WRONG_INPUT)
def wrong_input(function: FunctionEvidence) -> Finding | None:
    for returned in returned_leaves(function):
        for name, leaf, number in zip(returned.names, returned.leaves, returned.numbers, strict=True):
            if not is_number(leaf, number, returned.call):
                held = show(number_in(leaf))
                explanation = f"In `{returned.call.text}` the leaf `{name}` holds {held}, not {show(number)}."
                return Finding.within(function, explanation, "tensor", name)
    return None
