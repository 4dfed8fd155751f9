"""Rules of last resort for recorded rows: gradients that are not autograd's, and state between calls."""

from __future__ import annotations

from autograd_grader.grade.diagnose.rule import Finding, rule
from autograd_grader.grade.diagnose.words import gradients as gradients_words
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.grade.evidence.numbers import close
from autograd_grader.grade.forms.passes import read_passes, recorded_passes


@rule(gradients_words.BY_HAND_ONLY)
def not_autograds(function: FunctionEvidence) -> Finding | None:
    call = function.bent
    if call is None or call.stopped_itself or not recorded_passes(function) or _followed_the_bend(function):
        return None
    return Finding.within(
        function,
        "When every gradient of autograd's was multiplied, what was recorded stayed as it was: it does not come from a"
        " `backward`.",
        "return",
        "append",
    )


def _followed_the_bend(function: FunctionEvidence) -> bool:
    """Whether the recorded numbers were bent with the bent call; True where there is nothing to compare."""
    call = function.bent
    plain, bent = read_passes(function.target, function.twin_of_bent), read_passes(function.target, call)
    if call is None or bent is None or plain is None or len(plain.numbers) != len(bent.numbers):
        return True
    return all(
        n is None or close(b, n * call.plan.bend, call.tolerance) or n == 0.0
        for ours, theirs in zip(plain.numbers, bent.numbers, strict=True)
        for n, b in zip(ours, theirs, strict=True)
    )


@rule(gradients_words.ACCUMULATED_CALLS)
def keeps_state(function: FunctionEvidence) -> Finding | None:
    first, second = read_passes(function.target, function.article), read_passes(function.target, function.again)
    if first is None or second is None or not first.is_right or second.is_right:
        return None
    return Finding.within(
        function,
        f"The first `{first.call.text}` is right; called again, it recorded something else: what the first call"
        " left was still there.",
    )
