"""Rules for calls that a limit or the sandbox ended, and for calls that could not be made."""

from __future__ import annotations

from autograd_grader.grade.diagnose.loading import is_memory, is_refusal, original_words
from autograd_grader.grade.diagnose.rule import Case, Finding, rule
from autograd_grader.text import clean_line


@rule(
    "timed-out",
    "It never ends",
    "Look at each loop: what makes its condition false? A `for` over `range(passes)` always ends.",
)
def timed_out(case: Case) -> Finding | None:
    hung = next((c for c in (*case.calls, case.bent) if c.observed.outcome == "timed-out"), None)
    if hung is None:
        return None
    return case.here(f"`{hung.text}` was still running when its time was up.", "while", "sleep", "True")


@rule(
    "not-allowed",
    "Something that is not allowed here",
    "The exercise needs PyTorch alone: no files, no network, no other programs.",
)
def not_allowed(case: Case) -> Finding | None:
    for call in case.calls:
        error = call.observed.error
        if call.observed.refused or (error is not None and is_refusal(error)):
            tried = call.observed.refused[0] if call.observed.refused else "do something that the grader refuses"
            original = original_words(error) if error else None
            return Finding.at(error, f"`{call.text}` tried to {tried}.", original)
    return None


@rule(
    "too-much-output",
    "Too much is printed",
    "Print the gradient once; a `print` inside a long loop is the usual cause.",
)
def too_much_output(case: Case) -> Finding | None:
    loud = next((c for c in case.calls if c.observed.too_much_output), None)
    return case.here(f"`{loud.text}` printed more than a million characters.", "print") if loud else None


@rule(
    "out-of-memory",
    "Too much memory",
    "Everything here is a single number. Look for a size, or a list that grows without end.",
)
def out_of_memory(case: Case) -> Finding | None:
    if case.raised is None or not is_memory(case.raised[1]):
        return None
    call, error = case.raised
    return Finding.at(error, f"`{call.text}` asked for more memory than it may have.", original_words(error))


@rule(
    "crashed",
    "It ended the whole process",
    "A function ends with `return`: take `exit()`, `os._exit()` and the like out, and mind recursion without an end.",
)
def crashed(case: Case) -> Finding | None:
    for call in case.calls:
        if call.observed.outcome == "crashed":
            return case.here(
                f"`{call.text}` took its process down: {call.observed.detail}.", "_exit", "abort", "kill", "exit"
            )
        error = call.observed.error
        if error is not None and error.type == "SystemExit":
            return Finding.at(error, f"`{call.text}` tried to end the program.", "SystemExit")
    return None


@rule(
    "wrong-signature",
    "It cannot be called as the exercise calls it",
    "Keep the parameters as the stub has them: how many there are and their order; only their names are yours.",
)
def wrong_signature(case: Case) -> Finding | None:
    if case.raised is None or case.raised[1].entered or case.raised[1].type != "TypeError":
        return None
    call, error = case.raised
    file, line = case.place(case.definition.line if case.definition else None)
    return Finding(
        f"`{call.text}` did not fit the function's parameters: {clean_line(error.message, 160)}.",
        file,
        line,
        original_words(error),
    )
