"""Rules for code that never came to a call: missing, unreadable, not begun, or failing while it was loaded."""

from __future__ import annotations

import difflib
import itertools

from autograd_grader.grade.checks.explanation import is_explanation
from autograd_grader.grade.diagnose.rule import Finding, rule
from autograd_grader.grade.diagnose.words import running as running_words
from autograd_grader.grade.evidence.exercise import ExerciseEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.model.observation import Failure, Load
from autograd_grader.text import clean_line

_MOST_NAMES = 500
"""Names that a missing one is compared with; a submission has some ten, and each takes 20 µs."""
_MEMORY = ("can't allocate memory", "not enough memory", "out of memory", "DefaultCPUAllocator")


def is_memory(error: Failure) -> bool:
    """Whether an exception says that memory ran out."""
    return error.type in ("MemoryError", "OutOfMemoryError") or any(part in error.message for part in _MEMORY)


def is_refusal(error: Failure) -> bool:
    """Whether an exception is the sandbox's refusal."""
    return error.type in ("NotAllowedError", "PermissionError")


def original_words(error: Failure) -> str:
    """What Python or PyTorch said."""
    return f"{error.type}: {error.message}"


def _load(function: FunctionEvidence) -> Load | None:
    return function.exercise.load(function.name)


def _load_error(function: FunctionEvidence) -> Failure | None:
    """What kept the function from coming into being: in a notebook, only where the function is not there at all."""
    load = _load(function)
    if load is None or not load.errors or any(c.observed.outcome != "not-called" for c in function.unbent):
        return None
    cell = function.definition.cell if function.definition else None
    return next((e for e in load.errors if e.cell == cell), load.errors[0])


@rule(running_words.SYNTAX_ERROR)
def syntax_error(function: FunctionEvidence) -> Finding | None:
    fault = function.exercise.syntax_fault(function.name)
    if fault is None and function.exercise.path(function.name) is None:
        named = [
            f
            for f in function.exercise.observation.facts
            if f.path.casefold().endswith(function.exercise.plan.file.casefold())
        ]
        fault = next(((f.path, e) for f in named for e in f.errors), None)
    if fault is None:
        return None
    path, error = fault
    where = f"line {error.line}" if error.line else "some line"
    cell, rest = (f"cell {error.cell} of ", "the cell") if error.cell is not None else ("", "it")
    message = clean_line(error.message, 200).rstrip(".")
    explanation = (
        f"Python stopped reading at {where} of {cell}{clean_line(path, 80)}: {message}. Nothing in {rest} could run."
    )
    return Finding(explanation, path if error.cell is None else f"{path}#{error.cell}", error.line, error.message)


@rule(running_words.MISSING_FUNCTION)
def missing_function(function: FunctionEvidence) -> Finding | None:
    if function.exercise.observation.problem:
        return None
    name = function.name
    if function.exercise.path(name) is None:
        return Finding(f"No function called `{name}` stands at the top level of any file.{_near(function)}")
    raised = function.raised
    if raised and raised[1].type == "TypeError" and not raised[1].entered and "not callable" in raised[1].message:
        return Finding.within(function, f"`{name}` is the name of a value here, not of a function.")
    return None


def _near(function: FunctionEvidence) -> str:
    every = (name for facts in function.exercise.observation.facts for name in facts.names)
    names = list(itertools.islice(every, _MOST_NAMES))
    if function.name in names:
        return " There is one inside a class or another function, where nothing outside can call it."
    near = difflib.get_close_matches(function.name.casefold(), [n.casefold() for n in names], 1, 0.7)
    found = next((name for name in names if near and name.casefold() == near[0]), None)
    return f" There is a `{clean_line(found, 60)}`: is that the one?" if found else ""


@rule(running_words.NOT_STARTED)
def not_started(function: FunctionEvidence) -> Finding | None:
    definition = function.definition
    if definition is None or not definition.stub:
        return None
    return Finding.within(function, f"`{function.name}` is still as it was handed out.")


@rule(running_words.TIMED_OUT_LOADING)
def load_timed_out(function: FunctionEvidence) -> Finding | None:
    load = _load(function)
    if load is None or load.outcome != "timed-out":
        return None
    return Finding(
        f"Loading {clean_line(load.path, 80)} did not end in time, so nothing in it could be called.", load.path
    )


@rule(running_words.CRASHED_LOADING)
def load_crashed(function: FunctionEvidence) -> Finding | None:
    load = _load(function)
    if load is None or load.outcome != "crashed":
        return None
    return Finding(f"The process ended while {clean_line(load.path, 80)} was being loaded ({load.detail}).", load.path)


@rule(running_words.NOT_ALLOWED_LOADING)
def load_not_allowed(function: FunctionEvidence) -> Finding | None:
    error, load = _load_error(function), _load(function)
    if error is None or load is None or not (is_refusal(error) or load.refused):
        return None
    tried = f"tried to {load.refused[0]}" if load.refused else "tried something that the grader refuses"
    return Finding.at(error, f"While it was being loaded, {clean_line(load.path, 80)} {tried}.", error.message)


@rule(running_words.OUT_OF_MEMORY_LOADING)
def load_out_of_memory(function: FunctionEvidence) -> Finding | None:
    error = _load_error(function)
    if error is None or not is_memory(error):
        return None
    return Finding.at(error, "Loading the file asked for more memory than there is.", error.message)


@rule(running_words.TOO_MUCH_OUTPUT_LOADING)
def load_too_much_output(function: FunctionEvidence) -> Finding | None:
    load, stopped = _load(function), _load_error(function) is not None
    if load is None or not load.too_much_output or not stopped:
        return None
    return Finding("Loading the file printed more than a million characters.", load.path)


@rule(running_words.IMPORT_ERROR)
def import_error(function: FunctionEvidence) -> Finding | None:
    error = _load_error(function)
    if error is None:
        return None
    message = clean_line(error.message, 200).rstrip(".")
    where = f" at line {error.line}" if error.line else ""
    kind = "It could not be imported" if error.type in ("ImportError", "ModuleNotFoundError") else "It failed"
    return Finding.at(
        error,
        f"{kind}{where}: {clean_line(error.type, 60)}: {message}. No function of it could be called.",
        original_words(error),
    )


@rule(running_words.MISSING_FUNCTION_GONE)
def function_gone(function: FunctionEvidence) -> Finding | None:
    if function.exercise.observation.problem or any(c.observed.outcome != "not-called" for c in function.unbent):
        return None
    return Finding.within(function, f"After the file was loaded there was no `{function.name}` to call.")


def missing_text(exercise: ExerciseEvidence, name: str) -> Finding | None:
    """What is lacking in a constant that a person is to read."""
    text = exercise.constant(name)
    if text is not None and is_explanation(text):
        return None
    definition = exercise.definition(name)
    lack = "is empty" if not (text or "").strip() else f"has fewer than five words: “{clean_line(text or '', 60)}”"
    if definition is None:
        lack = "is not there"
    return Finding(f"`{name}` {lack}.", exercise.path(name), definition.line if definition else None)
