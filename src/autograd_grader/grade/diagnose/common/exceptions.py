"""Rules for PyTorch's exceptions, in the student's terms.

PyTorch words its exceptions anew from version to version; the patterns hold to the parts that have stayed. Students
choose what their own exceptions say, so no pattern here may backtrack: none has a repetition without a bound.
"""

from __future__ import annotations

import re

from autograd_grader.grade.diagnose.common.loading import original_words
from autograd_grader.grade.diagnose.rule import Finding, rule
from autograd_grader.grade.diagnose.words import graph as graph_words
from autograd_grader.grade.diagnose.words import running as running_words
from autograd_grader.grade.evidence.autograd import backward_passes, cuts, described_cut, empty_read
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.model.observation import Event, Failure
from autograd_grader.text import clean_line

_INTEGER = re.compile(r"only tensors of floating point", re.IGNORECASE)
_INPLACE = re.compile(
    r"leaf variable (that requires grad|has been)|view of a leaf variable|leaf variable[^\n]{0,200}in-?place",
    re.IGNORECASE,
)
_NON_SCALAR = re.compile(
    r"implicitly created only for scalar|elements cannot be converted to scalar|only one element tensors", re.IGNORECASE
)
_TWICE = re.compile(r"backward through the graph a second time", re.IGNORECASE)
_NO_GRAPH = re.compile(
    r"does not require grad|does not have a grad_fn|only change requires_grad flags of leaf", re.IGNORECASE
)
_UNUSED = re.compile(r"not have been used in the graph", re.IGNORECASE)
_NUMBER = re.compile(
    r"'(float|int|numpy\.\w{1,40}|ndarray|float64|float32)' object has no attribute 'backward'", re.IGNORECASE
)
_NUMPY = re.compile(r"can't call numpy\(\) on tensor that requires grad", re.IGNORECASE)


def _raised(function: FunctionEvidence, pattern: re.Pattern[str]) -> tuple[CallEvidence, Failure] | None:
    return function.raised if function.raised and pattern.search(function.raised[1].message) else None


@rule(graph_words.INTEGER_TENSOR)
def integer_raised(function: FunctionEvidence) -> Finding | None:
    found = _raised(function, _INTEGER)
    if found is None:
        return None
    return Finding.at(
        found[1],
        f"At line {found[1].line} a tensor of whole numbers was to require grad; only floating-point numbers can change"
        " a little, and so have a slope.",
        original_words(found[1]),
    )


@rule(graph_words.INPLACE_ON_LEAF)
def inplace_on_leaf(function: FunctionEvidence) -> Finding | None:
    found = _raised(function, _INPLACE)
    if found is None:
        return None
    event = next((e for e in reversed(found[0].observed.events) if e.error), None)
    name = f"`{clean_line(event.name, 30)}` " if event else "An operation "
    return Finding.at(
        found[1],
        f"{name}at line {found[1].line} changes a leaf that requires grad. Autograd needs the leaf as it was when"
        f" `{function.target.result}` was computed.",
        original_words(found[1]),
    )


@rule(graph_words.NON_SCALAR_BACKWARD)
def non_scalar_backward(function: FunctionEvidence) -> Finding | None:
    found = _raised(function, _NON_SCALAR)
    if found is None:
        return None
    return Finding.at(
        found[1],
        f"At line {found[1].line} a tensor has more than one element where one number is needed.",
        original_words(found[1]),
    )


@rule(graph_words.BACKWARD_TWICE)
def backward_twice(function: FunctionEvidence) -> Finding | None:
    found = _raised(function, _TWICE)
    if found is None:
        return None
    call, error = found
    first = next((e.line for e in backward_passes(call)), None)
    before = f" The first walk was at line {first}." if first else ""
    return Finding.at(
        error,
        f"Line {error.line} walks a graph whose record is gone: an earlier `backward` used it up.{before}",
        original_words(error),
    )


def _on_none(function: FunctionEvidence) -> tuple[CallEvidence, Failure, Event] | None:
    if function.raised is None or "NoneType" not in function.raised[1].message:
        return None
    call, error = function.raised
    read = empty_read(call)
    return (call, error, read) if read is not None else None


@rule(graph_words.MISSING_REQUIRES_GRAD)
def no_grad_anywhere(function: FunctionEvidence) -> Finding | None:
    found = _raised(function, _NO_GRAPH)
    if found is None:
        return None
    call, error = found
    # A graph that once was and then was cut is another matter.
    if any(e.requires_grad for e in call.events("op", "leaf")) and not _marked_late(call):
        return None
    lack = f"`{function.target.result}` had no record behind it: {_which(call)}"
    return Finding.at(error, f"When line {error.line} ran, {lack}.", original_words(error))


def _marked_late(call: CallEvidence) -> bool:
    marks = [i for i, e in enumerate(call.observed.events) if e.kind == "requires-grad" and e.error is None]
    sums = [i for i, e in enumerate(call.observed.events) if e.kind == "op" and e.tensors]
    return bool(marks and sums and marks[0] > sums[0])


def _which(call: CallEvidence) -> str:
    if _marked_late(call):
        return "the leaves were told to require grad only after it was computed"
    return "none of the tensors it was computed from was made with `requires_grad=True`"


@rule(graph_words.GRAPH_BROKEN_NUMPY)
def numpy_refused(function: FunctionEvidence) -> Finding | None:
    found = _raised(function, _NUMPY)
    if found is None:
        return None
    call, error = found
    return Finding.at(
        error,
        f"Line {error.line} asks for the NumPy number of a tensor that requires grad. PyTorch refuses, as autograd"
        f" could not follow it, and `{call.text}` stopped there.",
        original_words(error),
    )


@rule(graph_words.GRAPH_BROKEN)
def graph_broken_raised(function: FunctionEvidence) -> Finding | None:
    patterns = (_NO_GRAPH, _UNUSED, _NUMBER)
    found = next((f for p in patterns if (f := _raised(function, p)) is not None), None) or _never_reached(function)
    if found is None:
        return None
    call, error = found
    cut = next(iter(cuts(call)), None)
    if cut is None and _NUMBER.search(error.message):
        return Finding.at(
            error,
            f"`{function.target.result}` is a plain number when line {error.line} calls `backward`: it was computed"
            " from numbers, not from the leaf.",
            original_words(error),
        )
    if cut is None:
        return Finding.at(
            error, f"When line {error.line} ran, the tensor had no way back to the leaves.", original_words(error)
        )
    return Finding.at(
        cut,
        f"Line {cut.line} takes a bare number out of the graph ({described_cut(cut)}), so what is computed from it has"
        " no way back to the leaf.",
        original_words(error),
    )


def _never_reached(function: FunctionEvidence) -> tuple[CallEvidence, Failure] | None:
    """An empty `.grad` of a leaf that no backward pass reached, though one was made: something cut the graph."""
    found = _on_none(function)
    if found is None or not cuts(found[0]) or not backward_passes(found[0]):
        return None
    reached = {leaf for event in backward_passes(found[0]) for leaf in event.leaves}
    return None if reached & set(found[2].leaves) else (found[0], found[1])


@rule(graph_words.NON_LEAF_GRAD)
def non_leaf_raised(function: FunctionEvidence) -> Finding | None:
    found = _on_none(function)
    if found is None or not found[2].requires_grad or found[2].leaves:
        return None
    return Finding.at(
        found[2],
        f"Line {found[2].line} asks for `.grad` of a tensor that is the result of an operation. Autograd keeps"
        " gradients at the leaves alone, so it is empty.",
        original_words(found[1]),
    )


@rule(graph_words.MISSING_REQUIRES_GRAD_READ)
def no_leaf_raised(function: FunctionEvidence) -> Finding | None:
    found = _on_none(function)
    if found is None or found[2].requires_grad:
        return None
    return Finding.at(
        found[2],
        f"The tensor whose `.grad` line {found[2].line} reads was never told to require grad, so no gradient was"
        " recorded for it.",
        original_words(found[1]),
    )


@rule(graph_words.NEVER_CALLED_BACKWARD)
def none_without_backward(function: FunctionEvidence) -> Finding | None:
    found = _on_none(function)
    if found is None or backward_passes(found[0]):
        return None
    # A `backward` that stands before this line, and yet passed through no graph, was named and not called.
    line = function.line_of("backward")
    if line is not None and (found[2].line is None or line > found[2].line):
        return None
    return Finding.at(
        found[2],
        f"`.grad` is still empty at line {found[2].line}: nothing in `{function.name}` calls `backward()`.",
        original_words(found[1]),
    )


@rule(graph_words.GRAD_IS_NONE)
def grad_is_none(function: FunctionEvidence) -> Finding | None:
    found = _on_none(function)
    if found is None:
        return None
    return Finding.at(
        found[2],
        f"Line {found[2].line} uses `.grad` while it is still `None`: no `backward` has filled it yet.",
        original_words(found[1]),
    )


@rule(running_words.RAISED)
def raised(function: FunctionEvidence) -> Finding | None:
    if function.raised is None:
        return None
    call, error = function.raised
    message = clean_line(error.message, 200)
    return Finding.at(
        error,
        f"`{call.text}` stopped at line {error.line}: {clean_line(error.type, 60)}: {message}",
        original_words(error),
    )
