"""Rules for what leaf-returning functions (exercises 1 and 2) hand back: order, kind, type, leafness."""

from __future__ import annotations

import itertools

from autograd_grader.grade.checks import describe
from autograd_grader.grade.diagnose.returned import Returned, results
from autograd_grader.grade.diagnose.rule import TENSOR, Case, Finding, is_number, rule
from autograd_grader.grade.evidence import CallEvidence
from autograd_grader.grade.evidence.numbers import FLOATING
from autograd_grader.model.observation import Value


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


def _permuted(case: Case, call: CallEvidence, values: tuple[Value, ...]) -> bool:
    """Whether another order of the values has leaves, result and gradients all in place."""
    for order in itertools.permutations(values):
        if order == values:
            continue
        other = Returned(case, call, order)
        if other.holds_arguments and other.f_is_right and (other.gradient_is_right or not any(v.grad for v in order)):
            return True
    return False


def _role(case: Case, call: CallEvidence, value: Value) -> str:
    for name, number in zip(case.subject.leaves, call.args, strict=True):
        if is_number(value, number, call):
            return name
    return "f"


@rule(
    "swapped-returns",
    "The gradients are exchanged",
    "Which derivative belongs to which leaf? Compare the order in which you asked with the order in which you stored.",
    TENSOR + "grad.html",
)
def swapped_gradients(case: Case) -> Finding | None:
    for r in results(case):
        grads = [leaf.grad for leaf in r.leaves]
        if r.gradient_is_right or len(grads) < 2 or any(g is None for g in grads):
            continue
        if all(g and is_number(g, right, r.call) for g, right in zip(grads, reversed(r.gradient), strict=True)):
            first, second = r.names
            return case.here(
                f"In `{r.call.text}` {first}.grad holds the derivative for {second}, and {second}.grad that for"
                f" {first}.",
                "grad",
            )
    return None


@rule(
    "wrong-return",
    "Something else was returned",
    "Return just what the exercise lists after `return`, separated by commas, as tensors.",
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
            if any(e.kind == "grad-read" and e.output == value.object for e in call.observed.events):
                return case.here(f"In the place of `{name}` `{call.text}` returned a gradient: a `.grad`.", "return")
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
