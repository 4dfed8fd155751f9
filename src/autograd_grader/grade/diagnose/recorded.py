"""Rules for functions that hand back numbers alone (exercises 3 and 4): the wrong shape, and empty gradients."""

from __future__ import annotations

from autograd_grader.grade.checks import describe
from autograd_grader.grade.diagnose.rule import TENSOR, Case, Finding, cuts, describe_cut, empty_read, rule, walks
from autograd_grader.grade.evidence import CallEvidence
from autograd_grader.grade.evidence.numbers import close, items_of, number_in
from autograd_grader.model.observation import Event, Value

ASKED = {"passes": "a list of pairs (x_grad, y_grad), one a pass", "by-hand": "(from_autograd, by_hand)"}


def numbers_of(case: Case, call: CallEvidence) -> list[Value] | None:
    """Every number that was to come back, flat; None where the shape is another."""
    if case.subject.form == "by-hand":
        items = call.items(2)
        return list(items) if items is not None else None
    rows = items_of(call.returned)
    if rows is None:
        return None
    flat: list[Value] = []
    for row in rows:
        items = items_of(row)
        if items is None or len(items) != len(case.subject.leaves):
            return None
        flat.extend(items)
    return flat


@rule(
    "wrong-return",
    "Something else was returned",
    "Return what the docstring describes, in that form: mind the brackets and the commas.",
)
def wrong_return(case: Case) -> Finding | None:
    if case.subject.form == "tensors":
        return None
    for call in case.done:
        values = numbers_of(case, call)
        if values is None:
            return case.here(
                f"`{call.text}` returned {_shape(call.returned)}; asked for was {ASKED[str(case.subject.form)]}.",
                "return",
            )
        odd = next((v for v in values if number_in(v) is None and v.kind != "none"), None)
        if odd is not None:
            return case.here(
                f"In what `{call.text}` returned, one entry is {describe(odd)}; each is to be one number.", "return"
            )
    return None


@rule(
    "wrong-return",
    "Values in the place of gradients",
    "What is asked for is the slope that `backward` left in `.grad`, not the leaf or `f`.",
    TENSOR + "grad.html",
)
def values_for_gradients(case: Case) -> Finding | None:
    if case.subject.form == "tensors":
        return None
    for call in case.done:
        values, count = numbers_of(case, call), len(case.subject.leaves)
        if values is None or not walks(call):
            continue
        first = values[:count]
        if all(close(number_in(v), a, call.tolerance) for v, a in zip(first, call.args, strict=False)):
            return case.here(f"`{call.text}` returned what the leaves hold, not their gradients.", "append", "return")
    return None


def _shape(value: Value | None) -> str:
    if value is not None and value.kind == "sequence" and value.items:
        return f"{describe(value)}, the first of them {describe(value.items[0])}"
    return describe(value)


def _has_none(case: Case) -> CallEvidence | None:
    if case.subject.form == "tensors":
        return None
    for call in case.done:
        values = numbers_of(case, call)
        if values is not None and any(v.kind == "none" for v in values):
            return call
    return None


@rule(
    "non-leaf-grad",
    "Only leaves keep their gradient",
    "Ask for `.grad` of the tensor that you made with `requires_grad=True`, not of one computed from it.",
    TENSOR + "is_leaf.html",
)
def non_leaf(case: Case) -> Finding | None:
    call = _has_none(case)
    read = empty_read(call) if call is not None else None
    if call is None or read is None or not read.requires_grad or read.leaves:
        return None
    return Finding.at(
        read,
        f"Line {read.line} asks for `.grad` of a tensor that is the result of an operation. Autograd keeps gradients at"
        " the leaves alone, so it is empty.",
    )


@rule(
    "never-called-backward",
    "backward was never called",
    "Building `f` only writes the record. What walks it back and fills `.grad`?",
    TENSOR + "backward.html",
)
def never_called(case: Case) -> Finding | None:
    call = _has_none(case)
    if call is None or walks(call):
        return None
    return Finding.at(empty_read(call), f"`{call.text}` returned an empty gradient: nothing in it called `backward()`.")


@rule(
    "graph-broken",
    "f is cut off from its leaves",
    "Compute `f` with the tensors themselves. `.item()`, `.detach()`, `.data`, NumPy and `torch.no_grad()` all hand on"
    " bare numbers.",
    TENSOR + "detach.html",
)
def cut_off(case: Case) -> Finding | None:
    call = _has_none(case)
    if call is None or not walks(call) or any(_reaches_read(call, event) for event in walks(call)):
        return None
    if any(event.kind == "grad" for event in walks(call)):
        return None  # handed back, not left in `.grad`
    if not cuts(call):
        words = "`f` is not computed from the leaf: `backward` ran, and there was no way back to it."
        return Finding.at(walks(call)[0], words)
    cut = cuts(call)[0]
    return Finding.at(
        cut,
        f"Line {cut.line} takes a bare number out of the graph ({describe_cut(cut)}); `backward` ran, and never reached"
        " the leaf.",
    )


def _reaches_read(call: CallEvidence, event: Event) -> bool:
    read = empty_read(call)
    return read is not None and bool(set(read.leaves) & set(event.leaves))


@rule(
    "grad-is-none",
    "The gradient is still empty",
    "A leaf's `.grad` is `None` until a `backward` has filled it. What has to come before it is read?",
    TENSOR + "grad.html",
)
def still_none(case: Case) -> Finding | None:
    call = _has_none(case)
    if call is None:
        return None
    read = empty_read(call)
    dropped = next((e for e in call.observed.events if any(kind == "dropped" for _, kind, _ in e.changes)), None)
    if dropped is not None:
        words = (
            f"`{call.text}` returned `None` for a gradient: `backward` had filled it, and line {dropped.line}"
            " emptied it."
        )
        return Finding.at(dropped, words)
    words = f"`{call.text}` returned `None` for a gradient: when it was read, no `backward` had filled it."
    return Finding.at(read, words)
