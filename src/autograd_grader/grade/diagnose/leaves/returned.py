"""Rules for what came back in the place of leaves and result: order, kind, type, leafness."""

from __future__ import annotations

from autograd_grader.grade.diagnose.rule import Finding, rule
from autograd_grader.grade.diagnose.words import graph as graph_words
from autograd_grader.grade.diagnose.words import returned as returned_words
from autograd_grader.grade.evidence.autograd import maker_of
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.grade.evidence.numbers import FLOATING, number_in, orders
from autograd_grader.grade.evidence.shown import describe_value
from autograd_grader.grade.forms.leaves import ReturnedLeaves, returned_leaves, returned_names
from autograd_grader.model.observation import Value


@rule(returned_words.SWAPPED_RETURNS)
def swapped_returns(function: FunctionEvidence) -> Finding | None:
    call = next(iter(function.returned), None)
    values = call.items(len(function.target.leaves) + 1) if call is not None else None
    if call is None or values is None or any(value.kind != "tensor" for value in values):
        return None
    returned = ReturnedLeaves(function.target, call, values)
    order = None if returned.value_is_right and returned.holds_arguments else _other_order(function, call, values)
    if order is None:
        return None
    names = returned_names(function.target)
    found = ", ".join(names[place] for place in order)
    explanation = f"`{call.text}` returned ({found}); asked for was {function.form.asked(function.target)}."
    return Finding.within(function, explanation, "return")


def _other_order(function: FunctionEvidence, call: CallEvidence, values: tuple[Value, ...]) -> tuple[int, ...] | None:
    """The order in which leaves and result, and the gradients if there are any, are all there."""
    right = (*call.args[: len(function.target.leaves)], function.right_value(call))
    for order in orders([number_in(value) for value in values], right, call.tolerance):
        in_place = tuple(value for _, value in sorted(zip(order, values, strict=True), key=lambda pair: pair[0]))
        returned = ReturnedLeaves(function.target, call, in_place)
        if returned.gradient_is_right or not any(value.grad for value in values):
            return order
    return None


@rule(returned_words.SWAPPED_RETURNS_GRADIENTS)
def swapped_gradients(function: FunctionEvidence) -> Finding | None:
    for returned in returned_leaves(function):
        if returned.gradient_is_right:
            continue
        found = [number_in(gradient) for gradient in returned.gradients]
        order = next(orders(found, returned.right_gradient, returned.call.tolerance), None)
        if order is not None:
            names = function.target.leaves
            moved = [(name, names[place]) for name, place in zip(names, order, strict=True) if name != names[place]]
            first, *others = [
                f"{name}.grad {'that' if i else 'holds the derivative'} for {whose}"
                for i, (name, whose) in enumerate(moved)
            ]
            explanation = f"In `{returned.call.text}` {', '.join([first, *others[:-1]])}, and {others[-1]}."
            return Finding.within(function, explanation, "grad")
    return None


@rule(returned_words.WRONG_RETURN_LEAVES)
def wrong_return(function: FunctionEvidence) -> Finding | None:
    names = returned_names(function.target)
    for call in function.returned:
        values = call.items(len(names))
        if values is None or call.returned is None or call.returned.kind != "sequence":
            asked = function.form.asked(function.target)
            explanation = f"`{call.text}` returned {describe_value(call.returned)}; asked for was {asked}."
            return Finding.within(function, explanation, "return")
        if any(v.kind == "array" for v in values) and any(e.kind == "numpy" for e in call.observed.events):
            return None  # NumPy cut the graph: the rule on that says more
        for name, value in zip(names, values, strict=True):
            explanation = _no_tensor_asked_for(call, name, value)
            if explanation:
                return Finding.within(function, explanation, "return")
    return None


def _no_tensor_asked_for(call: CallEvidence, name: str, value: Value) -> str:
    """What stands in the place of a leaf or of the result, where it is another thing."""
    if any(e.kind == "grad-read" and e.output == value.object for e in call.observed.events):
        return f"In the place of `{name}` `{call.text}` returned a gradient: a `.grad`."
    if value.kind != "tensor":
        return f"`{name}` came back from `{call.text}` as {describe_value(value)}, not as a tensor."
    return ""


@rule(graph_words.INTEGER_TENSOR)
def integer_tensor(function: FunctionEvidence) -> Finding | None:
    for returned in returned_leaves(function):
        for name, leaf in zip(returned.names, returned.leaves, strict=True):
            if leaf.kind == "tensor" and leaf.dtype not in FLOATING:
                return Finding.within(
                    function,
                    f"`{name}` holds {leaf.dtype} numbers. Only floating-point numbers can change a little, and so have"
                    " a slope.",
                    "tensor",
                    "int",
                )
    return None


@rule(returned_words.NON_SCALAR_RETURNED)
def not_scalar(function: FunctionEvidence) -> Finding | None:
    names = returned_names(function.target)
    for returned in returned_leaves(function):
        for name, value in zip(names, (*returned.leaves, returned.result), strict=True):
            if value.kind == "tensor" and value.values is not None and (value.cut or len(value.values) != 1):
                explanation = f"`{name}` has the shape {list(value.shape or ())}; one number is asked for."
                return Finding.within(function, explanation, "backward")
    return None


@rule(graph_words.NON_LEAF_GRAD_RETURNED)
def non_leaf(function: FunctionEvidence) -> Finding | None:
    for returned in returned_leaves(function):
        for name, leaf in zip(returned.names, returned.leaves, strict=True):
            if leaf.kind == "tensor" and leaf.requires_grad and not leaf.is_leaf:
                maker = maker_of(returned.call, leaf.object)
                operation = f"`{maker.name}` at line {maker.line}" if maker else "an operation"
                return Finding.at(
                    maker,
                    f"`{name}` is the result of {operation}, not a leaf: autograd passes through it and leaves nothing"
                    " in its `.grad`.",
                )
    return None
