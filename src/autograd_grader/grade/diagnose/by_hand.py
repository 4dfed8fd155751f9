"""Rules for functions that return autograd's gradient and the student's own: exercise 4."""

from __future__ import annotations

from autograd_grader.grade.diagnose.rule import AUTOGRAD, Case, Finding, rule
from autograd_grader.grade.evidence import CallEvidence
from autograd_grader.grade.evidence.numbers import number_in
from autograd_grader.model.observation import Value


def _pair(case: Case, call: CallEvidence) -> tuple[Value, Value] | None:
    items = call.items(2) if case.subject.form == "by-hand" else None
    return (items[0], items[1]) if items is not None else None


def pairs_of(case: Case) -> list[tuple[CallEvidence, Value, Value]]:
    """The calls that returned two values, with them."""
    found = [(call, _pair(case, call)) for call in case.done]
    return [(call, *pair) for call, pair in found if pair is not None]


def followed(case: Case, index: int) -> bool:
    """Whether a returned number followed the bend: it is autograd's."""
    bent = _pair(case, case.bent)
    straight = next((c for c in case.done if c.args == case.bent.args), None)
    plain = _pair(case, straight) if straight is not None else None
    if bent is None or plain is None or case.bent.returned is None:
        return False
    number = number_in(plain[index])
    return number is not None and case.bent.followed(bent[index], number)


@rule(
    "swapped-returns",
    "The right values in the wrong order",
    "Compare the order after `return` with the one the exercise gives.",
)
def swapped_returns(case: Case) -> Finding | None:
    if case.subject.form == "by-hand" and followed(case, 1) and not followed(case, 0):
        return case.here(
            "The second number is autograd's and the first is your own; asked for was (from_autograd, by_hand).",
            "return",
        )
    return None


@rule(
    "not-by-hand",
    "by_hand comes from autograd",
    "Work the derivative out with pencil and paper, and write the result as ordinary arithmetic with `x0`.",
    AUTOGRAD,
)
def not_by_hand(case: Case) -> Finding | None:
    if case.subject.form != "by-hand" or not followed(case, 1):
        return None
    return case.here(
        "When every gradient of autograd's was multiplied, `by_hand` was multiplied with it: it was not worked out by"
        " hand, so it checks nothing.",
        "by_hand",
        "return",
    )


def first_number(case: Case, call: CallEvidence) -> float | None:
    """`from_autograd` as a number."""
    pair = _pair(case, call)
    return number_in(pair[0]) if pair is not None else None
