"""This course's own rules: they are asked before those that come with the program."""

from __future__ import annotations

from autograd_grader.grading import Finding, FunctionEvidence, Words, close, number_in, rule, show

STEPPED_UPHILL = Words(
    "stepped-uphill",
    "The step goes uphill",
    "The gradient points to where the function grows. Which sign takes you the other way?",
)


@rule(STEPPED_UPHILL, functions=["step"])
def stepped_uphill(evidence: FunctionEvidence) -> Finding | None:
    """`w + rate * gradient`, where `w - rate * gradient` was asked for."""
    for call in evidence.returned:
        w, gradient, rate = call.args
        if not close(number_in(call.returned), w + rate * gradient, call.tolerance):
            return None
    if not evidence.returned:
        return None
    call = evidence.returned[0]
    w, gradient, rate = call.args
    return Finding.within(
        evidence,
        f"`{call.text}` gave {show(w + rate * gradient)}, which is w *plus* rate · gradient; a step downhill leads to"
        f" {show(w - rate * gradient)}.",
        "rate",
    )
