"""Rules for code that never came to a call: missing, unreadable, not begun, or failing while it was loaded."""

from __future__ import annotations

import difflib

from autograd_grader.grade.checks.explanation import is_explanation
from autograd_grader.grade.diagnose.rule import DOCS, Case, Finding, rule
from autograd_grader.model.observation import Failure, Load
from autograd_grader.text import clean_line

_PYTHON = "https://docs.python.org/3/tutorial/"
_MEMORY = ("can't allocate memory", "not enough memory", "out of memory", "DefaultCPUAllocator")


def is_memory(error: Failure) -> bool:
    """Whether an exception says that memory ran out."""
    return error.type in ("MemoryError", "OutOfMemoryError") or any(words in error.message for words in _MEMORY)


def is_refusal(error: Failure) -> bool:
    """Whether an exception is the sandbox's refusal."""
    return error.type in ("NotAllowedError", "PermissionError")


def original_words(error: Failure) -> str:
    """What Python or PyTorch said."""
    return f"{error.type}: {error.message}"


def _load(case: Case) -> Load | None:
    return case.seen.load(case.function)


def _load_error(case: Case) -> Failure | None:
    """What kept the function from coming into being: in a notebook, only where the function is not there at all."""
    load = _load(case)
    if load is None or not load.errors or any(c.observed.outcome != "not-called" for c in case.calls):
        return None
    cell = case.definition.cell if case.definition else None
    return next((e for e in load.errors if e.cell == cell), load.errors[0])


@rule(
    "syntax-error",
    "Python cannot read the file",
    "Look at the line named here and the one above it: a bracket, a quote, a colon or a `*` is often all that is"
    " missing.",
    _PYTHON + "errors.html#syntax-errors",
)
def syntax_error(case: Case) -> Finding | None:
    fault = case.seen.syntax_fault(case.function)
    if fault is None and case.seen.path(case.function) is None:
        named = [f for f in case.seen.observation.facts if f.path.casefold().endswith(case.seen.plan.file.casefold())]
        fault = next(((f.path, e) for f in named for e in f.errors), None)
    if fault is None:
        return None
    path, error = fault
    where = f"line {error.line}" if error.line else "some line"
    cell, rest = (f"cell {error.cell} of ", "the cell") if error.cell is not None else ("", "it")
    message = clean_line(error.message, 200).rstrip(".")
    words = (
        f"Python stopped reading at {where} of {cell}{clean_line(path, 80)}: {message}. Nothing in {rest} could run."
    )
    return Finding(words, path if error.cell is None else f"{path}#{error.cell}", error.line, error.message)


@rule(
    "missing-function",
    "The function is not there",
    "Define it at the left edge of the file, with the name exactly as the exercise gives it.",
    _PYTHON + "controlflow.html#defining-functions",
)
def missing_function(case: Case) -> Finding | None:
    if case.seen.observation.problem:
        return None
    name = case.function
    if case.seen.path(name) is None:
        return Finding(f"No function called `{name}` stands at the top level of any file.{_near(case)}")
    raised = case.raised
    if raised and raised[1].type == "TypeError" and not raised[1].entered and "not callable" in raised[1].message:
        return case.here(f"`{name}` is the name of a value here, not of a function.")
    return None


def _near(case: Case) -> str:
    names = [name for facts in case.seen.observation.facts for name in facts.names]
    if case.function in names:
        return " There is one inside a class or another function, where nothing outside can call it."
    near = difflib.get_close_matches(case.function.casefold(), [n.casefold() for n in names], 1, 0.7)
    found = next((name for name in names if near and name.casefold() == near[0]), None)
    return f" There is a `{clean_line(found, 60)}`: is that the one?" if found else ""


@rule(
    "not-started",
    "Not started yet",
    "Read the docstring of the function: its numbered steps are the way. Then take out the `raise NotImplementedError`"
    " line.",
)
def not_started(case: Case) -> Finding | None:
    definition = case.definition
    if definition is None or not definition.stub:
        return None
    return case.here(f"`{case.function}` is still as it was handed out.")


@rule(
    "timed-out",
    "The file does not finish loading",
    "Code outside of functions runs as soon as the file is loaded. Look for a loop there that never ends, or an"
    " `input()`.",
)
def load_timed_out(case: Case) -> Finding | None:
    load = _load(case)
    if load is None or load.outcome != "timed-out":
        return None
    return Finding(
        f"Loading {clean_line(load.path, 80)} did not end in time, so nothing in it could be called.", load.path
    )


@rule(
    "crashed",
    "Loading the file ended the process",
    "Take calls such as `os._exit()` or `os.abort()` out of the file.",
)
def load_crashed(case: Case) -> Finding | None:
    load = _load(case)
    if load is None or load.outcome != "crashed":
        return None
    return Finding(f"The process ended while {clean_line(load.path, 80)} was being loaded ({load.detail}).", load.path)


@rule(
    "not-allowed",
    "Something that is not allowed here",
    "The exercises need PyTorch alone: no files, no network, no other programs.",
)
def load_not_allowed(case: Case) -> Finding | None:
    error, load = _load_error(case), _load(case)
    if error is None or load is None or not (is_refusal(error) or load.refused):
        return None
    tried = f"tried to {load.refused[0]}" if load.refused else "tried something that the grader refuses"
    return Finding.at(error, f"While it was being loaded, {clean_line(load.path, 80)} {tried}.", error.message)


@rule(
    "out-of-memory",
    "Too much memory",
    "Everything in these exercises is a single number. Look for a size or a list that grows without need.",
)
def load_out_of_memory(case: Case) -> Finding | None:
    error = _load_error(case)
    if error is None or not is_memory(error):
        return None
    return Finding.at(error, "Loading the file asked for more memory than there is.", error.message)


@rule(
    "too-much-output",
    "Too much is printed",
    "Print the gradient once. A loop that prints without end belongs taken out.",
)
def load_too_much_output(case: Case) -> Finding | None:
    load, stopped = _load(case), _load_error(case) is not None
    if load is None or not load.too_much_output or not stopped:
        return None
    return Finding("Loading the file printed more than a million characters.", load.path)


@rule(
    "import-error",
    "The file raises while it is loaded",
    "Code outside of functions runs as soon as the file is loaded. Only the standard library, torch and NumPy are here"
    " to import.",
    _PYTHON + "modules.html",
)
def import_error(case: Case) -> Finding | None:
    error = _load_error(case)
    if error is None:
        return None
    words = clean_line(error.message, 200).rstrip(".")
    where = f" at line {error.line}" if error.line else ""
    kind = "It could not be imported" if error.type in ("ImportError", "ModuleNotFoundError") else "It failed"
    return Finding.at(
        error,
        f"{kind}{where}: {clean_line(error.type, 60)}: {words}. No function of it could be called.",
        f"{error.type}: {error.message}",
    )


@rule(
    "missing-function",
    "The function is not there",
    "Define it at the left edge of the file, and do not delete or overwrite it further down.",
    DOCS + "index.html",
)
def function_gone(case: Case) -> Finding | None:
    if case.seen.observation.problem or any(c.observed.outcome != "not-called" for c in case.calls):
        return None
    return case.here(f"After the file was loaded there was no `{case.function}` to call.")


def explain_missing_text(case: Case, name: str) -> Finding | None:
    """What is lacking in a constant that a person is to read."""
    text = case.seen.constant(name)
    if text is not None and is_explanation(text):
        return None
    definition = case.seen.definition(name)
    path = case.seen.path(name)
    words = "is empty" if not (text or "").strip() else f"has fewer than five words: “{clean_line(text or '', 60)}”"
    if definition is None:
        words = "is not there"
    return Finding(f"`{name}` {words}.", path, definition.line if definition else None)
