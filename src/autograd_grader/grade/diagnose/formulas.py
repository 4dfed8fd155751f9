"""Rules of last resort: gradients that no walk of a graph gave, derivatives that are wrong, state between calls."""

from __future__ import annotations

from autograd_grader.grade.checks import describe
from autograd_grader.grade.diagnose.by_hand import followed, pairs_of
from autograd_grader.grade.diagnose.passes import Record, is_right, records
from autograd_grader.grade.diagnose.rule import TENSOR, Case, Finding, is_number, rule, walks
from autograd_grader.grade.evidence.numbers import close, number_in, pairs_in, show

_ARTICLE_ONLY = (
    "Call your function with other numbers and follow it line by line: where does the argument stop mattering?"
)


@rule("hard-coded", "Right for the article's numbers alone", _ARTICLE_ONLY)
def hard_coded(case: Case) -> Finding | None:
    pairs = pairs_of(case)
    if len(pairs) < 2 or pairs[0][0] is not case.article:
        return None
    for index, name in ((1, "from_autograd"), (2, "by_hand")):
        right_at_article = is_number(pairs[0][index], case.gradient(case.article)[0], case.article)  # type: ignore[arg-type]
        if not right_at_article:
            continue
        for call, *values in pairs[1:-1]:
            right, value = case.gradient(call)[0], values[index - 1]
            if not is_number(value, right, call):
                return case.here(
                    f"`{case.article.text}` comes out right; in `{call.text}` {name} is {show(number_in(value))}, where"
                    f" {show(right)} is right.",
                    "42",
                    "42.0",
                    name,
                )
    return None


@rule(
    "by-hand-only",
    "The gradient is a formula's, not autograd's",
    "Your formula may well be right. Here the point is to let `backward()` find the gradient.",
    TENSOR + "backward.html",
)
def by_hand_only(case: Case) -> Finding | None:
    if case.subject.form == "tensors" or case.bent.stopped_itself or case.bent.returned is None:
        return None
    if case.subject.form == "by-hand":
        pairs = pairs_of(case)
        if not pairs or followed(case, 0) or any(number_in(a) is None for _, a, _ in pairs):
            return None
        name = "from_autograd"
    else:
        bent = pairs_in(case.bent.returned)
        if bent is None or not records(case) or _bends(case, Record(case, case.bent, bent)):
            return None
        name = "what was recorded"
    return case.here(
        f"When every gradient of autograd's was multiplied, {name} stayed as it was: it does not come from a"
        " `backward`.",
        "return",
        "append",
    )


def _bends(case: Case, bent: Record) -> bool:
    plain = next((r for r in records(case) if r.call.args == case.bent.args), None)
    if plain is None or len(plain.numbers) != len(bent.numbers):
        return True
    bend = case.bent.plan.bend
    return all(
        n is None or close(b, n * bend, bent.call.tolerance) or n == 0.0
        for ours, theirs in zip(plain.numbers, bent.numbers, strict=True)
        for n, b in zip(ours, theirs, strict=True)
    )


@rule(
    "wrong-derivative",
    "The derivative is not right",
    "The power rule: a·xⁿ becomes a·n·xⁿ⁻¹. Which part is missing in yours?",
)
def wrong_derivative(case: Case) -> Finding | None:
    for call, _, by_hand in pairs_of(case):
        right = case.gradient(call)[0]
        if not is_number(by_hand, right, call):
            value = show(number_in(by_hand)) if number_in(by_hand) is not None else describe(by_hand)
            return case.here(
                f"In `{call.text}` by_hand is {value}; the derivative of {case.subject.formula} is {show(right)}"
                " there.",
                "by_hand",
                "return",
            )
    return None


@rule(
    "accumulated",
    "A second call still sees the first",
    "Make the leaves inside the function, so that every call starts with an empty `.grad`.",
    TENSOR + "zero_.html",
)
def keeps_state(case: Case) -> Finding | None:
    found = records(case)
    first = next((r for r in found if r.call is case.article), None)
    second = next((r for r in found if r.call is case.again), None)
    if first is not None and second is not None and is_right(case, first) and not is_right(case, second):
        return case.here(
            f"The first `{case.article.text}` is right; called again, it recorded something else: what the first call"
            " left was still there."
        )
    pairs = {call.id: (a, b) for call, a, b in pairs_of(case)}
    if {case.article.id, case.again.id} <= pairs.keys() and walks(case.again):
        before, after = pairs[case.article.id][0], pairs[case.again.id][0]
        if number_in(before) != number_in(after):
            return case.here(
                f"`{case.article.text}` gave {show(number_in(before))} first and {show(number_in(after))} when called"
                " again: what the first call left was still there."
            )
    return None
