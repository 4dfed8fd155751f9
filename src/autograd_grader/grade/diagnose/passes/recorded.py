"""Rules for the rows that were recorded: how many, in which order, copies or one tensor, at which numbers right."""

from __future__ import annotations

from autograd_grader.grade.diagnose.rule import Finding, rule
from autograd_grader.grade.diagnose.words import gradients as gradients_words
from autograd_grader.grade.diagnose.words import returned as returned_words
from autograd_grader.grade.evidence.autograd import backward_calls, backward_passes, filled_leaves
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.grade.evidence.numbers import close, number_in, orders
from autograd_grader.grade.evidence.shown import literals, show
from autograd_grader.grade.forms.passes import RecordedPasses, recorded_passes, row_word
from autograd_grader.model.observation import Event


@rule(returned_words.HARD_CODED_ROWS)
def hard_coded(function: FunctionEvidence) -> Finding | None:
    found = recorded_passes(function)
    if not found or found[0].call is not function.article or not found[0].is_right:
        return None
    for recorded in found[1:]:
        copied = recorded.numbers == found[0].numbers
        if recorded.call is function.again or recorded.is_right or not (copied or not backward_passes(recorded.call)):
            continue
        return Finding.within(
            function,
            f"`{found[0].call.text}` comes out right, `{recorded.call.text}` recorded {recorded.shown(0)} in its first"
            f" pass, where {recorded.shown_right()} is right.",
            *literals(*found[0].once),
        )
    return None


@rule(gradients_words.IGNORES_PASSES)
def ignores_passes(function: FunctionEvidence) -> Finding | None:
    for recorded in recorded_passes(function):
        call, asked, rows = recorded.call, recorded.asked, len(recorded.rows)
        if rows != asked:
            found = f"{rows} {row_word(function.target, rows)}"
            explanation = f"`{call.text}` recorded {found}; {asked} were asked for."
            return Finding.within(function, explanation, "range", "passes")
        times = len(backward_calls(call))
        if recorded.is_right and 0 < times < asked:
            return Finding.within(
                function,
                f"`{call.text}` called backward {times} time{'s' * (times > 1)} and wrote down {asked}"
                f" {row_word(function.target, asked)}: each pass is to compute `{function.target.result}` and call"
                " backward itself.",
                "backward",
                "passes",
            )
    return None


@rule(returned_words.WRONG_INPUT_MOVED)
def leaves_moved(function: FunctionEvidence) -> Finding | None:
    for recorded in recorded_passes(function):
        moved = _moved(recorded)
        if moved and recorded.numbers and recorded.first_is_right:
            step = _first_change(recorded.call)
            where = f"line {step.line} changes them" if step else "something changes them"
            names = " and ".join(function.target.arguments or function.target.leaves)
            return Finding.at(
                step,
                f"In `{recorded.call.text}` the leaves do not keep {names}: {where}, and one ends at {show(moved[0])}.",
            )
    return None


def _moved(recorded: RecordedPasses) -> list[float | None]:
    """What the leaves that backward filled hold at the end, where it is none of the arguments."""
    call = recorded.call
    numbers = call.args[: len(recorded.once)]
    held = [number_in(leaf) for n, leaf in enumerate(call.observed.leaves) if n in filled_leaves(call)]
    return [value for value in held if not any(close(value, number, call.tolerance) for number in numbers)]


def _first_change(call: CallEvidence) -> Event | None:
    """The first event that changed a leaf which backward filled."""
    filled = filled_leaves(call)
    events = call.observed.events
    return next((e for e in events if e.kind == "step" or (e.name.endswith("_") and set(e.leaves) & filled)), None)


@rule(returned_words.SWAPPED_RETURNS_ROWS)
def swapped_columns(function: FunctionEvidence) -> Finding | None:
    recorded = next((r for r in recorded_passes(function) if not r.is_right), None)
    if recorded is None or not recorded.numbers:
        return None
    leaves, call = function.target.leaves, recorded.call
    for order in orders(recorded.numbers[0], recorded.once, call.tolerance):
        # `order` says whose gradient stands in each column: put them back.
        if recorded.with_columns([order.index(column) for column in range(len(order))]).is_right:
            whose = [leaves[place] for place in order]
            explanation = f"The {row_word(function.target, 2)} that `{call.text}` returned hold {_in_words(whose)}."
            return Finding.within(function, explanation, "append", "return")
    return None


def _in_words(leaves: list[str]) -> str:
    if len(leaves) == 2:
        return f"the gradient of {leaves[0]} first and that of {leaves[1]} second"
    return f"the gradients of {', '.join(leaves)}, in this order"


@rule(gradients_words.ALIASED_GRAD)
def aliased(function: FunctionEvidence) -> Finding | None:
    recorded = next((r for r in recorded_passes(function) if not r.is_right), None)
    if recorded is None or len(recorded.rows) < 2:
        return None
    if not recorded.shares_memory and not _copied_at_the_end(recorded):
        return None
    entries = "Both" if len(recorded.rows) == 2 else f"All {len(recorded.rows)}"
    return Finding.within(
        function,
        f"{entries} entries of `{recorded.call.text}` are one and the same tensor, so all show what it held at the end:"
        f" {recorded.shown(-1)}.",
        "append",
        "grad",
    )


def _copied_at_the_end(recorded: RecordedPasses) -> bool:
    """Whether all passes show the last state, and the gradients were turned into numbers only after the last pass."""
    if any(row != recorded.numbers[0] for row in recorded.numbers):
        return False
    events = recorded.call.observed.events
    grads = {e.output for e in events if e.kind == "grad-read"} - {None}
    copies = [place for place, e in enumerate(events) if grads & set(e.tensors) and _copies(e)]
    passes = [place for place, e in enumerate(events) if e.kind == "backward"]
    return bool(passes and copies) and min(copies) > max(passes)


def _copies(event: Event) -> bool:
    """Whether an event makes a number or a tensor from another, and does not change that in place."""
    return event.kind in ("item", "op", "detach", "numpy") and not event.name.endswith("_")
