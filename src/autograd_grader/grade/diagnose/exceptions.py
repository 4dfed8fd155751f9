"""Rules for PyTorch's exceptions, in the student's terms.

PyTorch words its exceptions anew from version to version; the patterns hold to the parts that have stayed.
"""

from __future__ import annotations

import re

from autograd_grader.grade.diagnose.loading import original_words
from autograd_grader.grade.diagnose.rule import TENSOR, Case, Finding, cuts, describe_cut, empty_read, rule, walks
from autograd_grader.grade.evidence import CallEvidence
from autograd_grader.model.observation import Event, Failure
from autograd_grader.text import clean_line

_INTEGER = re.compile(r"only tensors of floating point", re.IGNORECASE)
_INPLACE = re.compile(
    r"leaf variable (that requires grad|has been)|view of a leaf variable|leaf variable.*in-?place", re.IGNORECASE
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
    r"'(float|int|numpy\.\w+|ndarray|float64|float32)' object has no attribute 'backward'", re.IGNORECASE
)
_NUMPY = re.compile(r"can't call numpy\(\) on tensor that requires grad", re.IGNORECASE)


def _raised(case: Case, pattern: re.Pattern[str]) -> tuple[CallEvidence, Failure] | None:
    return case.raised if case.raised and pattern.search(case.raised[1].message) else None


@rule(
    "integer-tensor",
    "Whole-number tensors carry no gradients",
    "Write the number with a point, or give the tensor a floating dtype.",
    TENSOR + "requires_grad.html",
)
def integer_raised(case: Case) -> Finding | None:
    found = _raised(case, _INTEGER)
    if found is None:
        return None
    return Finding.at(
        found[1],
        f"At line {found[1].line} a tensor of whole numbers was to require grad; only floating-point numbers can change"
        " a little, and so have a slope.",
        original_words(found[1]),
    )


@rule(
    "inplace-on-leaf",
    "A leaf is changed in place",
    "Make a new tensor from the leaf (`y = z + 1`) rather than changing the leaf itself (`z += 1`).",
    TENSOR + "is_leaf.html",
)
def inplace_on_leaf(case: Case) -> Finding | None:
    found = _raised(case, _INPLACE)
    if found is None:
        return None
    event = next((e for e in reversed(found[0].observed.events) if e.error), None)
    name = f"`{clean_line(event.name, 30)}` " if event else "An operation "
    return Finding.at(
        found[1],
        f"{name}at line {found[1].line} changes a leaf that requires grad. Autograd needs the leaf as it was when `f`"
        " was computed.",
        original_words(found[1]),
    )


@rule(
    "non-scalar-backward",
    "backward starts from one number",
    "Each leaf holds one number here, and so does `f`. If you have a vector, what single number do you want the"
    " slope of?",
    TENSOR + "backward.html",
)
def non_scalar_backward(case: Case) -> Finding | None:
    found = _raised(case, _NON_SCALAR)
    if found is None:
        return None
    return Finding.at(
        found[1],
        f"At line {found[1].line} a tensor has more than one element where one number is needed.",
        original_words(found[1]),
    )


@rule(
    "backward-twice",
    "One graph is walked twice",
    "Each `backward` frees the graph it walked. Compute `f` anew before the next one, or keep the graph on purpose with"
    " `retain_graph=True`.",
    TENSOR + "backward.html",
)
def backward_twice(case: Case) -> Finding | None:
    found = _raised(case, _TWICE)
    if found is None:
        return None
    call, error = found
    first = next((e.line for e in walks(call)), None)
    before = f" The first walk was at line {first}." if first else ""
    return Finding.at(
        error,
        f"Line {error.line} walks a graph whose record is gone: an earlier `backward` used it up.{before}",
        original_words(error),
    )


def _on_none(case: Case) -> tuple[CallEvidence, Failure, Event] | None:
    if case.raised is None or "NoneType" not in case.raised[1].message:
        return None
    call, error = case.raised
    read = empty_read(call)
    return (call, error, read) if read is not None else None


@rule(
    "missing-requires-grad",
    "Nothing requires grad",
    "Autograd follows only what it is asked to follow, from the moment it is asked: which argument of `torch.tensor`"
    " asks?",
    TENSOR + "requires_grad.html",
)
def no_grad_anywhere(case: Case) -> Finding | None:
    found = _raised(case, _NO_GRAPH)
    if found is None:
        return None
    call, error = found
    # A graph that once was and then was cut is another matter.
    if any(e.requires_grad for e in call.events("op", "leaf")) and not _marked_late(call):
        return None
    return Finding.at(
        error, f"When line {error.line} ran, `f` had no record behind it: {_which(call)}.", original_words(error)
    )


def _marked_late(call: CallEvidence) -> bool:
    marks = [i for i, e in enumerate(call.observed.events) if e.kind == "requires-grad" and e.error is None]
    sums = [i for i, e in enumerate(call.observed.events) if e.kind == "op" and e.tensors]
    return bool(marks and sums and marks[0] > sums[0])


def _which(call: CallEvidence) -> str:
    if _marked_late(call):
        return "the leaves were told to require grad only after it was computed"
    return "none of the tensors it was computed from was made with `requires_grad=True`"


@rule(
    "graph-broken",
    "NumPy can't follow the graph",
    "Which method gives a tensor that stands outside the graph? Use it for what you print, never for what `f` is"
    " made of.",
    TENSOR + "detach.html",
)
def numpy_refused(case: Case) -> Finding | None:
    found = _raised(case, _NUMPY)
    if found is None:
        return None
    call, error = found
    words = f"Line {error.line} asks for the NumPy number of a tensor that requires grad. PyTorch refuses, as autograd"
    return Finding.at(error, f"{words} could not follow it, and `{call.text}` stopped there.", original_words(error))


@rule(
    "graph-broken",
    "f is cut off from its leaves",
    "Compute `f` with the tensors themselves. `.item()`, `.detach()`, `.data`, NumPy and `torch.no_grad()` all hand on"
    " bare numbers.",
    TENSOR + "detach.html",
)
def graph_broken_raised(case: Case) -> Finding | None:
    found = _raised(case, _NO_GRAPH) or _raised(case, _UNUSED) or _raised(case, _NUMBER) or _walked_past(case)
    if found is None:
        return None
    call, error = found
    cut = next(iter(cuts(call)), None)
    if cut is None and _NUMBER.search(error.message):
        words = "is a plain number when line {} calls `backward`: it was computed from numbers, not from the leaf"
        return Finding.at(error, f"`f` {words.format(error.line)}.", original_words(error))
    if cut is None:
        return Finding.at(
            error, f"When line {error.line} ran, the tensor had no way back to the leaves.", original_words(error)
        )
    return Finding.at(
        cut,
        f"Line {cut.line} takes a bare number out of the graph ({describe_cut(cut)}), so what is computed from it has"
        " no way back to the leaf.",
        original_words(error),
    )


def _walked_past(case: Case) -> tuple[CallEvidence, Failure] | None:
    """An empty `.grad` of a leaf that no walk reached, though one was made, because something cut the graph."""
    found = _on_none(case)
    if found is None or not cuts(found[0]) or not walks(found[0]):
        return None
    reached = {leaf for event in walks(found[0]) for leaf in event.leaves}
    return None if reached & set(found[2].leaves) else (found[0], found[1])


@rule(
    "non-leaf-grad",
    "Only leaves keep their gradient",
    "Ask for `.grad` of the tensor that you made with `requires_grad=True`, not of one that was computed from it.",
    TENSOR + "is_leaf.html",
)
def non_leaf_raised(case: Case) -> Finding | None:
    found = _on_none(case)
    if found is None or not found[2].requires_grad or found[2].leaves:
        return None
    return Finding.at(
        found[2],
        f"Line {found[2].line} asks for `.grad` of a tensor that is the result of an operation. Autograd keeps"
        " gradients at the leaves alone, so it is empty.",
        original_words(found[1]),
    )


@rule(
    "missing-requires-grad",
    "The tensor does not require grad",
    "Autograd follows only what it is asked to follow: which argument of `torch.tensor` asks?",
    TENSOR + "requires_grad.html",
)
def no_leaf_raised(case: Case) -> Finding | None:
    found = _on_none(case)
    if found is None or found[2].requires_grad:
        return None
    return Finding.at(
        found[2],
        f"The tensor whose `.grad` line {found[2].line} reads was never told to require grad, so no gradient was"
        " recorded for it.",
        original_words(found[1]),
    )


@rule(
    "never-called-backward",
    "backward was never called",
    "Building `f` only writes the record. What walks it back and fills `.grad`?",
    TENSOR + "backward.html",
)
def none_without_backward(case: Case) -> Finding | None:
    found = _on_none(case)
    if found is None or walks(found[0]):
        return None
    # A `backward` that stands before this line, and yet walked nothing, was named and not called.
    line = case.line_of("backward")
    if line is not None and (found[2].line is None or line > found[2].line):
        return None
    return Finding.at(
        found[2],
        f"`.grad` is still empty at line {found[2].line}: nothing in `{case.function}` calls `backward()`.",
        original_words(found[1]),
    )


@rule(
    "grad-is-none",
    "The gradient is still empty",
    "A leaf's `.grad` is `None` until the first `backward` has filled it. What has to come before this line?",
    TENSOR + "grad.html",
)
def grad_is_none(case: Case) -> Finding | None:
    found = _on_none(case)
    if found is None:
        return None
    return Finding.at(
        found[2],
        f"Line {found[2].line} uses `.grad` while it is still `None`: no `backward` has filled it yet.",
        original_words(found[1]),
    )


@rule(
    "raised",
    "It raises an exception",
    "Read the last line of what Python says first: the kind of error, then the words. Then look at the line.",
    "https://docs.python.org/3/tutorial/errors.html",
)
def raised(case: Case) -> Finding | None:
    if case.raised is None:
        return None
    call, error = case.raised
    words = clean_line(error.message, 200)
    return Finding.at(
        error,
        f"`{call.text}` stopped at line {error.line}: {clean_line(error.type, 60)}: {words}",
        original_words(error),
    )
