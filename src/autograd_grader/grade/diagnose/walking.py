"""Rules for how the graph was walked, and what was printed of it: exercises 1 and 2."""

from __future__ import annotations

from autograd_grader.grade.diagnose.returned import Returned, assigned_grad, bends, results, returned_by
from autograd_grader.grade.diagnose.rule import (
    TENSOR,
    Case,
    Finding,
    backwards,
    cuts,
    describe_cut,
    empty_read,
    rule,
    walks,
)
from autograd_grader.grade.evidence import CallEvidence
from autograd_grader.grade.evidence.numbers import close, is_printed, number_in, show
from autograd_grader.model.observation import Event, Value


@rule(
    "zeroed-too-early",
    "The gradient is wiped at the end",
    "The gradient has to be there still when the leaf comes back.",
    TENSOR + "zero_.html",
)
def wiped_at_the_end(case: Case) -> Finding | None:
    for r in results(case):
        filled = any(e.changes for e in backwards(r.call))
        wiped = [e for e in r.call.observed.events if any(kind in ("zeroed", "dropped") for _, kind, _ in e.changes)]
        if filled and wiped and any(leaf.grad is None or number_in(leaf.grad) == 0.0 for leaf in r.leaves):
            return Finding.at(
                wiped[-1],
                f"In `{r.call.text}` line {wiped[-1].line} wipes the gradient that `backward` had left, and the leaf"
                " comes back without it.",
            )
    return None


@rule(
    "never-called-backward",
    "backward was never called",
    "Building `f` only writes the record. What walks it back and fills `.grad`?",
    TENSOR + "backward.html",
)
def never_called_backward(case: Case) -> Finding | None:
    for r in results(case):
        if any(leaf.grad is None for leaf in r.leaves) and not backwards(r.call):
            handed_back = r.call.events("grad")
            words = (
                f" Line {handed_back[0].line} asks for the gradient with `autograd.grad`, which hands it back and"
                " leaves `.grad` empty."
                if handed_back
                else ""
            )
            return case.here(
                f"`{r.call.text}` computed `f` = {show(number_in(r.f))}, but nothing filled `.grad`.{words}",
                "f",
                "return",
            )
    return None


@rule("wrong-formula", "f is another function", "Write each term of the formula down and compare: factor, power, sign.")
def wrong_formula(case: Case) -> Finding | None:
    for r in results(case):
        if not r.f_is_right:
            return case.here(
                f"In `{r.call.text}` f is {show(number_in(r.f))}; {case.subject.formula} gives {show(r.value)} there.",
                "f",
                "pow",
            )
    return None


@rule(
    "accumulated",
    "An earlier gradient was still there",
    "`backward` adds to what is in `.grad`. How often does it run for this leaf, and what was there before?",
    TENSOR + "zero_.html",
)
def accumulated(case: Case) -> Finding | None:
    for r in results(case):
        if r.gradient_is_right:
            continue
        full = [e for e in backwards(r.call) if any(kind == "changed" for _, kind, _ in e.changes) and not e.scaled]
        root = {t for e in full for t in e.tensors}
        if full and (r.f.object in root or not root):
            return _sum_of_gradients(r, full[0])
        if full and any(_is_multiple(leaf.grad, g, r.call) for leaf, g in zip(r.leaves, r.gradient, strict=True)):
            return _sum_of_gradients(r, full[0])
    return None


def _sum_of_gradients(r: Returned, event: Event) -> Finding:
    name, leaf, once = next((n, v, g) for n, v, g in zip(r.names, r.leaves, r.gradient, strict=True))
    return Finding.at(
        event,
        f"In `{r.call.text}` {name}.grad came out as {show(number_in(leaf.grad))}; once through is {show(once)}."
        f" Something was in `.grad` already when line {event.line} called backward.",
    )


def _is_multiple(value: Value | None, once: float, call: CallEvidence) -> bool:
    number = number_in(value)
    return number is not None and any(close(number, once * k, call.tolerance) for k in (2, 3, 4))


@rule(
    "graph-broken",
    "Part of f is cut off from its leaves",
    "Compute every term of `f` with the tensors themselves. `.item()`, `.detach()`, `float()`, NumPy and `math` all"
    " hand on bare numbers.",
    TENSOR + "detach.html",
)
def partly_cut(case: Case) -> Finding | None:
    for r in results(case):
        events = walks(r.call)
        if (
            r.gradient_is_right
            or not r.f_is_right
            or not events
            or events[0].scaled
            or r.f.object not in events[0].tensors
        ):
            continue
        before = r.call.observed.events[: r.call.observed.events.index(events[0])]
        if any(leaf.grad is None for leaf in r.leaves) or any(e.kind == "grad-write" for e in r.call.observed.events):
            continue
        cut = next((c for c in cuts(r.call) if c in before), None)
        grads = ", ".join(
            f"{n}.grad is {show(number_in(leaf.grad))}" for n, leaf in zip(r.names, r.leaves, strict=True)
        )
        right = ", ".join(map(show, r.gradient))
        constant = f"`f` has the right value, but that term is a constant to autograd: {grads}, where {right} is right."
        if cut is not None:
            return Finding.at(
                cut, f"Line {cut.line} takes a bare number out of the graph ({describe_cut(cut)}). {constant}"
            )
        return case.here(f"One term of `f` is computed from a number, not from the leaf. {constant}", "f")
    return None


@rule(
    "wrong-backward",
    "backward was called on something else",
    "Call `backward()` with empty brackets, on the tensor that you return as `f`.",
    TENSOR + "backward.html",
)
def wrong_backward(case: Case) -> Finding | None:
    for r in results(case):
        if r.gradient_is_right:
            continue
        events = walks(r.call)
        if not events:
            return None
        scaled = next((e for e in events if e.scaled), None)
        if scaled is not None:
            return Finding.at(
                scaled,
                f"Line {scaled.line} gives `backward` an argument other than 1, and every gradient is multiplied"
                " by it.",
            )
        other = next((e for e in events if r.f.object not in e.tensors), None)
        grads = ", ".join(
            f"{n}.grad is {show(number_in(leaf.grad))}" for n, leaf in zip(r.names, r.leaves, strict=True)
        )
        right = ", ".join(map(show, r.gradient))
        if other is None:
            words = f"Line {events[0].line} walks back from `f`, and yet {grads}, where {right} is right."
            return Finding.at(
                events[0], f"{words} Was it told to fill some leaves only, or was `.grad` changed by hand?"
            )
        words = (
            f"Line {other.line} walks back from another tensor than the returned `f`: {grads}, where {right} is right."
        )
        return Finding.at(other, words)
    return None


@rule(
    "by-hand-only",
    "The gradient is a formula's, not autograd's",
    "Your formula may well be right. Here the point is to let `f.backward()` find it.",
    TENSOR + "backward.html",
)
def does_not_bend(case: Case) -> Finding | None:
    found = results(case)
    if not found or any(r.call.returned is None for r in found) or bends(case):
        return None
    assigned = assigned_grad(found[0])
    if assigned is None and not all(r.gradient_is_right for r in found):
        return None
    line = assigned.line if assigned else None
    where = f"Line {line} puts" if line else "The function puts"
    return Finding.at(assigned, f"{where} a number into `.grad` that does not come from walking the graph of `f`.")


@rule(
    "accumulated",
    "A second call still sees the first",
    "Make the leaves inside the function, so that every call starts with an empty `.grad`.",
    TENSOR + "zero_.html",
)
def keeps_state(case: Case) -> Finding | None:
    first, second = returned_by(case, case.article), returned_by(case, case.again)
    if first is None or second is None or not first.gradient_is_right or second.gradient_is_right:
        return None
    return case.here(
        f"The first `{first.call.text}` is right; called again, the gradient is"
        f" {', '.join(show(number_in(leaf.grad)) for leaf in second.leaves)}: what the first call left was still there."
    )


@rule(
    "grad-is-none",
    "The gradient is read too early",
    "`.grad` is `None` until `backward` has filled it: which of the two lines has to come first?",
    TENSOR + "grad.html",
    also=True,
)
def read_too_early(case: Case) -> Finding | None:
    for r in results(case):
        read = empty_read(r.call)
        if read is None or _prints(r) or not read.leaves or not r.gradient_is_right:
            continue
        return Finding.at(
            read,
            f"Line {read.line} reads `.grad` before any `backward`: it was still `None`, and the gradient that came"
            " later was not printed.",
        )
    return None


def _prints(r: Returned) -> bool:
    return all(is_printed(r.call.observed.printed, g) for g in r.gradient)


@rule("not-printed", "The gradient is not printed", "Print `.grad` inside the function, after `backward`.", also=True)
def not_printed(case: Case) -> Finding | None:
    for r in results(case):
        if r.gradient_is_right and not _prints(r):
            lacking = [
                f"{n}.grad"
                for n, g in zip(r.names, r.gradient, strict=True)
                if not is_printed(r.call.observed.printed, g)
            ]
            printed = "printed something else, not" if r.call.observed.printed.strip() else "did not print"
            return case.here(f"`{r.call.text}` {printed} {' and '.join(lacking)}.", "print")
    return None
