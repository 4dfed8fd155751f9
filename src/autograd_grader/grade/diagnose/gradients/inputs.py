"""Rules for leaves that do not hold their arguments, where a wrong gradient came back."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from autograd_grader.grade.diagnose.gradients.suspects import first_is_wrong, held_by_leaves, root_value, suspects
from autograd_grader.grade.diagnose.rule import Finding, rule
from autograd_grader.grade.diagnose.words import returned as returned_words
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.grade.evidence.numbers import close
from autograd_grader.grade.evidence.shown import show

_MOST_ORDERS = 120
"""Of the arguments that are tried: all of five."""


@rule(returned_words.HARD_CODED_LEAVES)
def constant_leaves(function: FunctionEvidence) -> Finding | None:
    found, article = suspects(function), function.article
    if not found or article is None or first_is_wrong(function, function.returned[0]):
        return None
    call, event = found[0]
    numbers = list(article.args[: len(function.target.leaves)])
    if sorted(v for v in held_by_leaves(call, event) if v is not None) != sorted(numbers):
        return None
    held = ", ".join(show(number) for number in numbers)
    return Finding.at(
        event, f"In `{call.text}` the leaves hold {held}, the article's numbers, whatever the arguments are."
    )


@rule(returned_words.WRONG_INPUT)
def wrong_input(function: FunctionEvidence) -> Finding | None:
    leaves = function.target.leaves
    for call, event in suspects(function):
        held = held_by_leaves(call, event)
        if len(held) != len(leaves):
            continue
        for name, number in zip(leaves, call.args, strict=False):
            if not any(close(value, number, call.tolerance) for value in held):
                return Finding.at(
                    event,
                    f"In `{call.text}` no leaf holds {show(number)}, the number for {name}; they hold"
                    f" {', '.join(map(show, held))}.",
                )
        value = root_value(call, event)
        if any(close(value, exchanged, call.tolerance) for exchanged in _exchanged_values(function, call)):
            arguments = "the two arguments" if len(leaves) == 2 else "the arguments"
            return Finding.at(
                event,
                f"In `{call.text}` {arguments} are exchanged: {function.target.result} is {show(value)}, where"
                f" {show(function.right_value(call))} is right.",
            )
    return None


def _exchanged_values(function: FunctionEvidence, call: CallEvidence) -> Iterator[float]:
    """The result for the leaves' numbers in other orders."""
    numbers = call.args[: len(function.target.leaves)]
    for order in itertools.islice(itertools.permutations(numbers), 1, _MOST_ORDERS):
        yield function.target.expected_value(order)
