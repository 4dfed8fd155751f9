"""Rules for calls that a limit or the sandbox ended, and for calls that could not be made."""

from __future__ import annotations

from autograd_grader.grade.diagnose.common.loading import is_memory, is_refusal, original_words
from autograd_grader.grade.diagnose.rule import Finding, rule
from autograd_grader.grade.diagnose.words import running as running_words
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.text import clean_line


@rule(running_words.TIMED_OUT)
def timed_out(function: FunctionEvidence) -> Finding | None:
    calls = (*function.unbent, *([function.bent] if function.bent is not None else []))
    hung = next((call for call in calls if call.observed.outcome == "timed-out"), None)
    if hung is None:
        return None
    return Finding.within(function, f"`{hung.text}` was still running when its time was up.", "while", "sleep", "True")


@rule(running_words.NOT_ALLOWED)
def not_allowed(function: FunctionEvidence) -> Finding | None:
    for call in function.unbent:
        error = call.observed.error
        if call.observed.refused or (error is not None and is_refusal(error)):
            tried = call.observed.refused[0] if call.observed.refused else "do something that the grader refuses"
            original = original_words(error) if error else None
            return Finding.at(error, f"`{call.text}` tried to {tried}.", original)
    return None


@rule(running_words.TOO_MUCH_OUTPUT)
def too_much_output(function: FunctionEvidence) -> Finding | None:
    loud = next((c for c in function.unbent if c.observed.too_much_output), None)
    return Finding.within(function, f"`{loud.text}` printed more than a million characters.", "print") if loud else None


@rule(running_words.OUT_OF_MEMORY)
def out_of_memory(function: FunctionEvidence) -> Finding | None:
    if function.raised is None or not is_memory(function.raised[1]):
        return None
    call, error = function.raised
    return Finding.at(error, f"`{call.text}` asked for more memory than it may have.", original_words(error))


@rule(running_words.CRASHED)
def crashed(function: FunctionEvidence) -> Finding | None:
    for call in function.unbent:
        if call.observed.outcome == "crashed":
            return Finding.within(
                function,
                f"`{call.text}` took its process down: {call.observed.detail}.",
                "_exit",
                "abort",
                "kill",
                "exit",
            )
        error = call.observed.error
        if error is not None and error.type == "SystemExit":
            return Finding.at(error, f"`{call.text}` tried to end the program.", "SystemExit")
    return None


@rule(running_words.WRONG_SIGNATURE)
def wrong_signature(function: FunctionEvidence) -> Finding | None:
    if function.raised is None or function.raised[1].entered or function.raised[1].type != "TypeError":
        return None
    call, error = function.raised
    explanation = f"`{call.text}` did not fit the function's parameters: {clean_line(error.message, 160)}."
    return Finding.within(function, explanation, original=original_words(error))
