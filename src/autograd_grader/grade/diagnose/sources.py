"""Rules that look behind recorded numbers: which leaves, which f, and how its graph was walked."""

from __future__ import annotations

from autograd_grader.grade.diagnose.by_hand import first_number
from autograd_grader.grade.diagnose.passes import records, zeroing_in
from autograd_grader.grade.diagnose.rule import TENSOR, Case, Finding, backwards, cuts, describe_cut, made, rule, walks
from autograd_grader.grade.evidence import CallEvidence
from autograd_grader.grade.evidence.numbers import close, number_in, show
from autograd_grader.model.observation import Event


def _is_wrong(case: Case, call: CallEvidence) -> bool:
    """Whether the first gradient that a call recorded is wrong."""
    if case.subject.form == "passes":
        record = next((r for r in records(case) if r.call is call), None)
        right = case.gradient(call)
        return (
            record is not None
            and bool(record.numbers)
            and not all(close(n, g, call.tolerance) for n, g in zip(record.numbers[0], right, strict=True))
        )
    number = first_number(case, call)
    return number is not None and not close(number, case.gradient(call)[0], call.tolerance)


def _suspects(case: Case) -> list[tuple[CallEvidence, Event]]:
    """The calls with a wrong gradient and a walk that gave it, the first walk of each."""
    if case.subject.form == "tensors":
        return []
    return [(call, walks(call)[0]) for call in case.done if walks(call) and _is_wrong(case, call)]


def _held(call: CallEvidence, event: Event) -> list[float | None]:
    return [number_in(call.observed.leaves[leaf]) for leaf in event.leaves if leaf < len(call.observed.leaves)]


def _root_value(call: CallEvidence, event: Event) -> float | None:
    root = made(call, event.tensors[0]) if event.tensors else None
    return root.value if root is not None else None


@rule(
    "hard-coded", "Right for the article's numbers alone", "Give `torch.tensor` the argument, not the article's number."
)
def constant_leaves(case: Case) -> Finding | None:
    suspects = _suspects(case)
    if not suspects or not case.done or _is_wrong(case, case.done[0]):
        return None
    call, event = suspects[0]
    article = list(case.article.args[: len(case.subject.leaves)])
    if sorted(v for v in _held(call, event) if v is not None) != sorted(article):
        return None
    held = ", ".join(show(v) for v in article)
    return Finding.at(
        event, f"In `{call.text}` the leaves hold {held}, the article's numbers, whatever the arguments are."
    )


@rule(
    "wrong-input",
    "The leaf holds another number",
    "Give `torch.tensor` the argument just as it comes in, in the order of the parameters.",
)
def wrong_input(case: Case) -> Finding | None:
    for call, event in _suspects(case):
        held = _held(call, event)
        for name, number in zip(case.subject.leaves, call.args, strict=False):
            if len(held) == len(case.subject.leaves) and not any(close(v, number, call.tolerance) for v in held):
                return Finding.at(
                    event,
                    f"In `{call.text}` no leaf holds {show(number)}, the number for {name}; they hold"
                    f" {', '.join(map(show, held))}.",
                )
        value = _root_value(call, event)
        exchanged = case.subject.expected_value(call.args[: len(case.subject.leaves)][::-1])
        if len(held) == 2 and close(value, exchanged, call.tolerance):
            return Finding.at(
                event,
                f"In `{call.text}` the two arguments are exchanged: f is {show(value)}, where {show(case.value(call))}"
                " is right.",
            )
    return None


@rule(
    "zeroed-too-early",
    "Zeroed before it was read",
    "Which comes first: reading the gradient, or wiping it?",
    TENSOR + "zero_.html",
)
def zeroed_too_early(case: Case) -> Finding | None:
    for call, _ in _suspects(case):
        zeroing = zeroing_in(call)
        if case.subject.form == "by-hand" and first_number(case, call) == 0.0 and zeroing is not None:
            return Finding.at(
                zeroing, f"In `{call.text}` line {zeroing.line} zeroed the gradient before it was returned."
            )
    return None


@rule(
    "accumulated",
    "An earlier gradient was still there",
    "`backward` adds to `.grad`. How often does it run before the gradient is recorded, and what was there before?",
    TENSOR + "zero_.html",
)
def accumulated(case: Case) -> Finding | None:
    for call, _ in _suspects(case):
        of_f = [e for e in backwards(call) if close(_root_value(call, e), case.value(call), call.tolerance)]
        passes = int(call.args[-1]) if case.subject.form == "passes" else 1
        for event in of_f if len(of_f) > passes else of_f[:1]:
            added = any(kind == "changed" and leaf in event.leaves for leaf, kind, _ in event.changes)
            if added and not event.scaled:
                return Finding.at(
                    event,
                    f"In `{call.text}` line {event.line} called backward while `.grad` still held an earlier gradient,"
                    " and added to it.",
                )
    return None


@rule(
    "wrong-backward",
    "backward was called with an argument, or on something else",
    "Call `backward()` with empty brackets, on `f`.",
    TENSOR + "backward.html",
)
def wrong_backward(case: Case) -> Finding | None:
    for call, event in _suspects(case):
        scaled = next((e for e in walks(call) if e.scaled), None)
        if scaled is not None:
            return Finding.at(
                scaled,
                f"Line {scaled.line} gives `backward` an argument other than 1, and every gradient is multiplied"
                " by it.",
            )
        value, right = _root_value(call, event), case.value(call)
        root = made(call, event.tensors[0]) if event.tensors else None
        # A right f on another line is f; on the same line it is a part of a longer formula that is not.
        computed = [e for e in call.events("op", "leaf") if close(e.value, right, call.tolerance)]
        apart = any(root is None or root.line != e.line for e in computed)
        if not close(value, right, call.tolerance) and apart:
            return Finding.at(
                event, f"Line {event.line} walks back from a tensor that holds {show(value)}; f is {show(right)}."
            )
    return None


@rule(
    "graph-broken",
    "f is cut off from its leaves",
    "Compute `f` with the tensors themselves. `.item()`, `.detach()`, `.data`, NumPy and `torch.no_grad()` all hand on"
    " bare numbers.",
    TENSOR + "detach.html",
)
def graph_broken(case: Case) -> Finding | None:
    for call, event in _suspects(case):
        value = _root_value(call, event)
        before = [c for c in cuts(call) if call.observed.events.index(c) < call.observed.events.index(event)]
        alone = len(backwards(call)) <= (int(call.args[-1]) if case.subject.form == "passes" else 1)
        if not before and alone and close(value, case.value(call), call.tolerance) and event.kind == "backward":
            words = "`f` has the right value, but one term of it is computed from a number, not from the leaf"
            return Finding.at(event, f"In `{call.text}` {words}: to autograd that term is a constant.")
        if before and (close(value, case.value(call), call.tolerance) or len(event.leaves) < len(case.subject.leaves)):
            return Finding.at(
                before[0],
                f"Line {before[0].line} takes a bare number out of the graph ({describe_cut(before[0])}), so part of"
                " `f` has no way back to its leaf.",
            )
    return None


@rule("wrong-formula", "f is another function", "Write each term of the formula down and compare: factor, power, sign.")
def wrong_formula(case: Case) -> Finding | None:
    for call, event in _suspects(case):
        value = _root_value(call, event)
        if value is not None and not close(value, case.value(call), call.tolerance):
            root = made(call, event.tensors[0])
            return Finding.at(
                root,
                f"In `{call.text}` f is {show(value)}; {case.subject.formula} gives {show(case.value(call))} there.",
            )
    return None


@rule(
    "wrong-backward",
    "backward was called on another tensor",
    "Call `backward()` on `f` alone: once a pass, or once in all where there are no passes.",
    TENSOR + "backward.html",
)
def another_root(case: Case) -> Finding | None:
    for call in case.done if case.subject.form != "tensors" else ():
        for event in backwards(call)[1:]:
            value = _root_value(call, event)
            if event.changes and value is not None and not close(value, case.value(call), call.tolerance):
                words = f"walks back from a tensor that holds {show(value)}; f is {show(case.value(call))}"
                return Finding.at(event, f"In `{call.text}` line {event.line} {words}.")
    return None
