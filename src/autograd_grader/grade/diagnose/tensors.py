"""Rules for functions that return their leaves and `f`: exercises 1 and 2."""

from __future__ import annotations

import itertools

from autograd_grader.grade.checks import describe
from autograd_grader.grade.diagnose.rule import TENSOR, Case, Finding, backwards, cuts, is_number, rule, walks
from autograd_grader.grade.diagnose.stopping import describe_cut, empty_read
from autograd_grader.grade.numbers import FLOATING, close, is_printed, number_in, show
from autograd_grader.grade.seen import SeenCall
from autograd_grader.model.observation import Event, Value


class Returned:
    """What one call of a `tensors` function returned, by role."""

    def __init__(self, case: Case, call: SeenCall, values: tuple[Value, ...]) -> None:
        self.call = call
        self.leaves = values[:-1]
        self.f = values[-1]
        self.args = call.args
        self.value = case.value(call)
        self.gradient = case.gradient(call)
        self.names = case.subject.leaves

    @property
    def holds_arguments(self) -> bool:
        """Whether each leaf holds its argument."""
        return all(is_number(leaf, a, self.call) for leaf, a in zip(self.leaves, self.args, strict=True))

    @property
    def f_is_right(self) -> bool:
        """Whether f has the right value."""
        return is_number(self.f, self.value, self.call)

    @property
    def gradient_is_right(self) -> bool:
        """Whether every leaf's `.grad` is right."""
        grads = [leaf.grad for leaf in self.leaves]
        return all(g is not None and is_number(g, e, self.call) for g, e in zip(grads, self.gradient, strict=True))

    @property
    def attached(self) -> bool:
        """Whether the graph of f leads back to every leaf."""
        reached = self.call.reached_leaves(self.f)
        return all(leaf.leaf in reached for leaf in self.leaves)


def _returned(case: Case, call: SeenCall) -> Returned | None:
    values = call.items(len(case.subject.leaves) + 1) if case.subject.form == "tensors" else None
    return Returned(case, call, values) if values is not None else None


def results(case: Case) -> list[Returned]:
    """What the calls returned, by role."""
    found = [_returned(case, call) for call in case.done]
    return [r for r in found if r is not None]


@rule(
    "swapped-returns",
    "The right values in the wrong order",
    "Compare the order after `return` with the one the exercise gives.",
)
def swapped_returns(case: Case) -> Finding | None:
    for call in case.done[:1] if case.subject.form == "tensors" else ():
        values = call.items(len(case.subject.leaves) + 1)
        if values is None or any(v.kind != "tensor" for v in values):
            return None
        given = Returned(case, call, values)
        if not (given.f_is_right and given.holds_arguments) and _permuted(case, call, values):
            order = ", ".join(_role(case, call, v) for v in values)
            asked = ", ".join((*case.subject.leaves, "f"))
            return case.here(f"`{call.text}` returned ({order}); asked for was ({asked}).", "return")
    return None


def _permuted(case: Case, call: SeenCall, values: tuple[Value, ...]) -> bool:
    """Whether another order of the values has leaves, result and gradients all in place."""
    for order in itertools.permutations(values):
        if order == values:
            continue
        other = Returned(case, call, order)
        if other.holds_arguments and other.f_is_right and (other.gradient_is_right or not any(v.grad for v in order)):
            return True
    return False


def _role(case: Case, call: SeenCall, value: Value) -> str:
    for name, number in zip(case.subject.leaves, call.args, strict=True):
        if is_number(value, number, call):
            return name
    return "f"


@rule(
    "wrong-return",
    "Something else was returned",
    "Return just what the exercise lists, separated by commas, as tensors: `return z, f`.",
)
def wrong_return(case: Case) -> Finding | None:
    if case.subject.form != "tensors" or not case.done:
        return None
    asked = f"({', '.join((*case.subject.leaves, 'f'))})"
    for call in case.done:
        values = call.items(len(case.subject.leaves) + 1)
        if values is None or call.returned is None or call.returned.kind != "sequence":
            return case.here(f"`{call.text}` returned {describe(call.returned)}; asked for was {asked}.", "return")
        if any(v.kind == "array" for v in values) and any(e.kind == "numpy" for e in call.observed.events):
            return None  # NumPy cut the graph: the rule on that says more
        for name, value in zip((*case.subject.leaves, "f"), values, strict=True):
            if value.kind != "tensor":
                return case.here(
                    f"`{name}` came back from `{call.text}` as {describe(value)}, not as a tensor.", "return"
                )
    return None


@rule(
    "integer-tensor",
    "Whole-number tensors carry no gradients",
    "Write the number with a point, or give the tensor a floating dtype.",
    TENSOR + "requires_grad.html",
)
def integer_tensor(case: Case) -> Finding | None:
    for r in results(case):
        for name, leaf in zip(r.names, r.leaves, strict=True):
            if leaf.kind == "tensor" and leaf.dtype not in FLOATING:
                return case.here(
                    f"`{name}` holds {leaf.dtype} numbers. Only floating-point numbers can change a little, and so have"
                    " a slope.",
                    "tensor",
                    "int",
                )
    return None


@rule(
    "non-scalar-backward",
    "One number is asked for",
    "Each leaf holds one number, and so does `f`.",
    TENSOR + "backward.html",
)
def not_scalar(case: Case) -> Finding | None:
    for r in results(case):
        for name, value in zip((*r.names, "f"), (*r.leaves, r.f), strict=True):
            if value.kind == "tensor" and value.values is not None and len(value.values) != 1:
                return case.here(
                    f"`{name}` has the shape {list(value.shape or ())}; one number is asked for.", "backward"
                )
    return None


@rule(
    "non-leaf-grad",
    "Only leaves keep their gradient",
    "Return the tensor that you made with `requires_grad=True` itself; what is computed from it, even `z * 1` or"
    " `z.clone()`, is another tensor.",
    TENSOR + "is_leaf.html",
)
def non_leaf(case: Case) -> Finding | None:
    for r in results(case):
        for name, leaf in zip(r.names, r.leaves, strict=True):
            if leaf.kind == "tensor" and leaf.requires_grad and not leaf.is_leaf:
                made_by = next((e for e in r.call.observed.events if e.output == leaf.object), None)
                words = f"`{made_by.name}` at line {made_by.line}" if made_by else "an operation"
                return Finding.at(
                    made_by,
                    f"`{name}` is the result of {words}, not a leaf: autograd passes through it and leaves nothing in"
                    " its `.grad`.",
                )
    return None


def _marks(call: SeenCall) -> list[int]:
    return [i for i, e in enumerate(call.observed.events) if e.kind == "requires-grad" and e.error is None]


def _late_mark(r: Returned) -> Event | None:
    """The event that made a tensor require grad after `f` had been computed."""
    made_f = next((i for i, e in enumerate(r.call.observed.events) if e.output == r.f.object and e.kind == "op"), None)
    late = [i for i in _marks(r.call) if made_f is not None and i > made_f]
    return r.call.observed.events[late[0]] if late else None


def _assigned(r: Returned) -> Event | None:
    """The event that put something into a leaf's `.grad` by hand."""
    return next((e for e in r.call.events("grad-write") if e.changes and e.changes[0][2] is not None), None)


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


def _same_numbers(ours: tuple[Value, ...], theirs: tuple[Value, ...], call: SeenCall) -> bool:
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
        assigned = _assigned(r)
        walked = any(set(e.leaves) for e in walks(r.call))
        if assigned is not None and not walked and r.f_is_right and r.holds_arguments and not _bends(case):
            return Finding.at(assigned, f"Line {assigned.line} puts a number into `.grad` that no `backward` computed.")
    return None


def _bends(case: Case) -> bool:
    """Whether the gradients followed the bent call."""
    r = _returned(case, case.bent)
    if r is None or r.call.returned is None:
        return case.bent.stopped_itself
    bend = case.bent.plan.bend
    return all(
        leaf.grad is not None and is_number(leaf.grad, g * bend, r.call)
        for leaf, g in zip(r.leaves, r.gradient, strict=True)
    )


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


def _is_multiple(value: Value | None, once: float, call: SeenCall) -> bool:
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
        cut = next((c for c in cuts(r.call) if c in before), None)
        if cut is not None:
            grads = ", ".join(
                f"{n}.grad is {show(number_in(leaf.grad))}" for n, leaf in zip(r.names, r.leaves, strict=True)
            )
            return Finding.at(
                cut,
                f"Line {cut.line} takes a bare number out of the graph ({describe_cut(cut)}). `f` has the right value,"
                f" but that term is a constant to autograd: {grads}, where {', '.join(map(show, r.gradient))} is"
                " right.",
            )
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
        other = next((e for e in events if r.f.object not in e.tensors), events[0])
        grads = ", ".join(
            f"{n}.grad is {show(number_in(leaf.grad))}" for n, leaf in zip(r.names, r.leaves, strict=True)
        )
        return Finding.at(
            other,
            f"Line {other.line} walks back from another tensor than the returned `f`: {grads}, where"
            f" {', '.join(map(show, r.gradient))} is right.",
        )
    return None


@rule(
    "by-hand-only",
    "The gradient is a formula's, not autograd's",
    "Your formula may well be right. Here the point is to let `f.backward()` find it.",
    TENSOR + "backward.html",
)
def does_not_bend(case: Case) -> Finding | None:
    found = results(case)
    if not found or any(r.call.returned is None for r in found) or _bends(case):
        return None
    assigned = _assigned(found[0])
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
    first, second = _returned(case, case.article), _returned(case, case.again)
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
            return case.here(f"`{r.call.text}` printed {_what(r.call)}, but not {' and '.join(lacking)}.", "print")
    return None


def _what(call: SeenCall) -> str:
    return "something" if call.observed.printed.strip() else "nothing"
