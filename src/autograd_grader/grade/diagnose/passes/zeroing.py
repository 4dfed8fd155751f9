"""Rules for what the passes left in `.grad`: zeroed, added up, or in leaves made anew."""

from __future__ import annotations

from autograd_grader.grade.diagnose.rule import Finding, rule
from autograd_grader.grade.diagnose.words import gradients as gradients_words
from autograd_grader.grade.diagnose.words import graph as graph_words
from autograd_grader.grade.evidence.autograd import (
    added_to,
    backward_calls,
    backward_passes,
    filled_leaves,
    first_emptying,
    root_of,
)
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.grade.evidence.numbers import close
from autograd_grader.grade.evidence.shown import show
from autograd_grader.grade.forms.passes import RecordedPasses, recorded_passes
from autograd_grader.model.observation import Event


@rule(gradients_words.ZEROED_TOO_EARLY_PASSES)
def zeroed_too_early(function: FunctionEvidence) -> Finding | None:
    recorded = next((r for r in recorded_passes(function) if not r.is_right), None)
    if recorded is None or not any(number == 0.0 for row in recorded.numbers for number in row):
        return None
    zeroing = first_emptying(recorded.call)
    where = f"line {zeroing.line} had already zeroed it" if zeroing else "it had already been zeroed"
    return Finding.at(
        zeroing,
        f"`{recorded.call.text}` recorded {recorded.shown(0)} in its first pass: when the gradient was written down,"
        f" {where}.",
    )


@rule(gradients_words.ZEROED_ONE_ONLY)
def zeroed_one_only(function: FunctionEvidence) -> Finding | None:
    if not function.target.zeroes:
        return None
    for recorded in recorded_passes(function):
        clean = recorded.same_columns
        if len(recorded.rows) < 2 or all(clean) or not any(clean) or not recorded.first_is_right:
            continue
        other = function.target.leaves[clean.index(False)]
        return Finding.within(
            function,
            f"In `{recorded.call.text}` {other}.grad still held the earlier passes: pass 2 recorded"
            f" {recorded.shown(1)}, where {recorded.shown_right()} is right.",
            "zero_",
            "grad",
        )
    return None


@rule(gradients_words.ACCUMULATED_PASSES)
def accumulated(function: FunctionEvidence) -> Finding | None:
    if not function.target.zeroes:
        return None
    for recorded in recorded_passes(function):
        adding = _adding(function, recorded)
        if adding is None:
            continue
        name, number, once = function.target.leaves[0], recorded.numbers[1][0], recorded.once[0]
        return Finding.at(
            adding,
            f"Pass 2 of `{recorded.call.text}` recorded {name}.grad = {show(number)}, where {show(once)} is right: the"
            f" first pass's gradient was still there when line {adding.line} called backward.",
        )
    return None


def _adding(function: FunctionEvidence, recorded: RecordedPasses) -> Event | None:
    """The backward that added to an earlier pass's gradient, after a first pass that was right."""
    if len(recorded.rows) < 2 or recorded.same or not recorded.first_is_right:
        return None
    adding = next((event for event in backward_calls(recorded.call) if added_to(event)), None)
    root = root_of(recorded.call, adding) if adding is not None else None
    right = function.right_value(recorded.call)
    return adding if root is None or close(root.value, right, recorded.call.tolerance) else None


@rule(gradients_words.NOT_ACCUMULATING)
def not_accumulating(function: FunctionEvidence) -> Finding | None:
    if function.target.zeroes:
        return None
    for recorded in recorded_passes(function):
        if recorded.asked < 2 or not recorded.rows:
            continue
        finding = _stays_the_same(recorded) or _grows_by_hand(recorded)
        if finding is not None:
            return finding
    return None


def _stays_the_same(recorded: RecordedPasses) -> Finding | None:
    """Every pass recorded the gradient once, because it was cleared or began with leaves of its own."""
    zeroing = first_emptying(recorded.call)
    cleared = recorded.first_is_right and not recorded.growing and zeroing is not None
    if not recorded.same and not cleared:
        return None
    if zeroing:
        why = f"line {zeroing.line} cleared `.grad`"
    elif recorded.fresh_leaves:
        why = "each pass began with leaves of its own"
    else:
        why = "`.grad` never held a sum"
    return Finding.at(
        zeroing or next(iter(backward_calls(recorded.call)), None),
        f"Every pass of `{recorded.call.text}` recorded {recorded.shown(0)}: {why}.",
    )


def _grows_by_hand(recorded: RecordedPasses) -> Finding | None:
    """The passes recorded sums, which were not made in `.grad`."""
    call, filled = recorded.call, bool(filled_leaves(recorded.call))
    if not recorded.growing or not (recorded.fresh_leaves or (not filled and backward_passes(call))):
        return None
    why = "new leaves in each pass" if filled else "gradients that `autograd.grad` handed back"
    return Finding.at(
        backward_passes(call)[-1],
        f"The numbers of `{call.text}` grow, but as sums of your own over {why}: `.grad` itself did not accumulate.",
    )


@rule(gradients_words.FRESH_LEAVES)
def fresh_leaves(function: FunctionEvidence) -> Finding | None:
    if not function.target.zeroes:
        return None
    for recorded in recorded_passes(function):
        if recorded.same and recorded.asked > 1 and recorded.fresh_leaves:
            leaves = filled_leaves(recorded.call)
            filling = [event for event in backward_calls(recorded.call) if set(event.leaves) & leaves]
            return Finding.at(
                filling[-1] if filling else None,
                f"`{recorded.call.text}` called `backward` on {len(leaves)} different leaves in {recorded.asked}"
                " passes: each pass began with new ones, so nothing had to be zeroed.",
            )
    return None


@rule(graph_words.NEVER_CALLED_BACKWARD_GRAD)
def grad_instead_of_backward(function: FunctionEvidence) -> Finding | None:
    for recorded in recorded_passes(function):
        handed_back = next(iter(recorded.call.events("grad")), None)
        if recorded.is_right and handed_back is not None and not filled_leaves(recorded.call):
            return Finding.at(
                handed_back,
                f"Line {handed_back.line} asks for the gradient with `torch.autograd.grad`; no `backward` ever filled"
                " `.grad`.",
            )
    return None


@rule(gradients_words.ACCUMULATED_DIVIDED)
def divided(function: FunctionEvidence) -> Finding | None:
    if not function.target.zeroes:
        return None
    for recorded in recorded_passes(function):
        summing = next((e for e in backward_calls(recorded.call) if added_to(e) and _is_sum(recorded, e)), None)
        if summing is None or not recorded.same or first_emptying(recorded.call):
            continue
        held = next(value for _, _, value in summing.changes)
        return Finding.at(
            summing,
            f"In `{recorded.call.text}` `.grad` held {show(held)} after line {summing.line}: the earlier passes were"
            " never zeroed, only worked out of the numbers.",
        )
    return None


def _is_sum(recorded: RecordedPasses, event: Event) -> bool:
    """Whether a backward left no gradient as it is once."""
    tolerance = recorded.call.tolerance
    return not any(close(value, g, tolerance) for _, _, value in event.changes for g in recorded.once)
