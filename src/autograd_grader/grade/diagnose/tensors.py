"""Rules for the leaves and the graph of functions that return them: exercises 1 and 2."""

from __future__ import annotations

from autograd_grader.grade.diagnose.returned import Returned, assigned_grad, bends, results
from autograd_grader.grade.diagnose.rule import TENSOR, Case, Finding, cuts, describe_cut, is_number, rule, walks
from autograd_grader.grade.evidence import CallEvidence
from autograd_grader.grade.evidence.numbers import number_in, show
from autograd_grader.model.observation import Event, Value


def _marks(call: CallEvidence) -> list[int]:
    return [i for i, e in enumerate(call.observed.events) if e.kind == "requires-grad" and e.error is None]


def _late_mark(r: Returned) -> Event | None:
    """The event that made a tensor require grad after `f` had been computed."""
    made_f = next((i for i, e in enumerate(r.call.observed.events) if e.output == r.f.object and e.kind == "op"), None)
    late = [i for i in _marks(r.call) if made_f is not None and i > made_f]
    return r.call.observed.events[late[0]] if late else None


@rule(
    "hard-coded",
    "Right for the article's numbers alone",
    "Call your function with another number and follow it line by line: where does the argument stop mattering?",
)
def hard_coded(case: Case) -> Finding | None:
    found = results(case)
    if len(found) < 2 or found[0].call is not case.article:
        return None
    first, rest = found[0], [r for r in found[1:] if r.call is not case.again]
    if not rest or not first.holds_arguments:
        return None
    # The leaf holds the article's number whatever the argument was, or follows it while f or the gradient does not.
    constant_leaf = any(_same_numbers(first.leaves, r.leaves, r.call) for r in rest)
    constant_f = first.f_is_right and any(not r.f_is_right and is_number(r.f, first.value, r.call) for r in rest)
    constant_grad = first.gradient_is_right and any(not r.gradient_is_right and _same_gradient(first, r) for r in rest)
    only_article = first.f_is_right and first.gradient_is_right and all(
        r.holds_arguments and not (r.f_is_right and r.gradient_is_right) for r in rest
    )  # fmt: skip
    if not (constant_leaf or constant_f or constant_grad or only_article):
        return None
    return case.here(
        f"`{first.call.text}` comes out right, `{rest[0].call.text}` does not:"
        f" {_what_stays(rest[0], constant_leaf=constant_leaf, constant_f=constant_f)}.",
        *(repr(a) for a in (*first.args, *first.gradient, first.value)),
    )


def _same_numbers(ours: tuple[Value, ...], theirs: tuple[Value, ...], call: CallEvidence) -> bool:
    return all((a := number_in(x)) is not None and is_number(y, a, call) for x, y in zip(ours, theirs, strict=True))


def _same_gradient(first: Returned, other: Returned) -> bool:
    return all(
        leaf.grad is not None and is_number(leaf.grad, g, other.call)
        for leaf, g in zip(other.leaves, first.gradient, strict=True)
    )


def _what_stays(r: Returned, *, constant_leaf: bool, constant_f: bool) -> str:
    if constant_leaf:
        held = ", ".join(show(number_in(leaf)) for leaf in r.leaves)
        return f"{' and '.join(r.names)} still hold{'s' if len(r.names) == 1 else ''} {held}"
    if constant_f:
        return f"f is {show(number_in(r.f))} there too, where {show(r.value)} is right"
    grads = ", ".join(show(number_in(leaf.grad)) for leaf in r.leaves)
    return f"the gradient there is {grads}, where {', '.join(map(show, r.gradient))} is right"


@rule(
    "missing-requires-grad",
    "The leaf does not require grad",
    "Autograd follows only what it is asked to follow, from the moment it is asked: which argument of `torch.tensor`"
    " asks?",
    TENSOR + "requires_grad.html",
)
def missing_requires_grad(case: Case) -> Finding | None:
    for r in results(case):
        late = _late_mark(r)
        unreached = {leaf.object for leaf in r.leaves if leaf.leaf not in r.call.reached_leaves(r.f)}
        if late is not None and not cuts(r.call) and (r.f.node is None or unreached & set(late.tensors)):
            return Finding.at(
                late,
                f"Line {late.line} makes a tensor require grad after `f` was computed; by then the record was not"
                " written.",
            )
        for name, leaf in zip(r.names, r.leaves, strict=True):
            if leaf.kind == "tensor" and not leaf.requires_grad and not _has_twin(r, leaf):
                return case.here(
                    f"`{name}` was not made with `requires_grad=True`, so autograd wrote nothing down for it.",
                    "tensor",
                    name,
                )
    return None


def _has_twin(r: Returned, leaf: Value) -> bool:
    """Whether a leaf that requires grad holds the same number: then the returned tensor is a copy cut off from it."""
    number = number_in(leaf)
    return number is not None and any(is_number(other, number, r.call) for other in r.call.observed.leaves)


@rule(
    "by-hand-only",
    "The gradient is a formula's, not autograd's",
    "Your formula may well be right. Here the point is to let `f.backward()` find it.",
    TENSOR + "backward.html",
)
def by_hand_instead(case: Case) -> Finding | None:
    for r in results(case):
        assigned = assigned_grad(r)
        walked = any(set(e.leaves) for e in walks(r.call))
        if assigned is not None and not walked and r.f_is_right and r.holds_arguments and not bends(case):
            return Finding.at(assigned, f"Line {assigned.line} puts a number into `.grad` that no `backward` computed.")
    return None


@rule(
    "graph-broken",
    "f is cut off from its leaves",
    "Compute `f` with the tensors themselves. `.item()`, `.detach()`, `.data`, NumPy and `torch.no_grad()` all hand on"
    " bare numbers.",
    TENSOR + "detach.html",
)
def graph_broken(case: Case) -> Finding | None:
    for r in results(case):
        if r.f.kind == "tensor" and r.attached:
            continue
        cut = next((c for c in cuts(r.call) if c.output == r.f.object or not r.attached), None)
        lost = [n for n, leaf in zip(r.names, r.leaves, strict=True) if leaf.leaf not in r.call.reached_leaves(r.f)]
        if cut is None:
            return case.here(
                f"The graph of `f` does not lead back to {' and '.join(lost) or 'its leaves'}: somewhere a bare number"
                " took the tensor's place.",
                "tensor",
                "f",
            )
        return Finding.at(
            cut,
            f"Line {cut.line} takes a bare number out of the graph ({describe_cut(cut)}). From there on `f` has no way"
            f" back to {' and '.join(lost) or 'its leaves'}.",
        )
    return None


@rule(
    "wrong-input",
    "The leaf holds another number",
    "Give `torch.tensor` the argument just as it comes in, in the order of the parameters.",
)
def wrong_input(case: Case) -> Finding | None:
    for r in results(case):
        for name, leaf, number in zip(r.names, r.leaves, r.args, strict=True):
            if not is_number(leaf, number, r.call):
                return case.here(
                    f"In `{r.call.text}` the leaf `{name}` holds {show(number_in(leaf))}, not {show(number)}.",
                    "tensor",
                    name,
                )
    return None
