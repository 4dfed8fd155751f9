"""What was seen of one submission: plain data, validated on arrival, complete enough to be graded again later."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from autograd_grader.model.base import Record
from autograd_grader.model.plan import Plan

# How much of each an observation may hold: as much as the runner keeps, so that a forged one costs no more to grade.
Few = Field(max_length=16)
Some = Field(max_length=64)
Many = Field(max_length=200)


class _Numbers(Record):
    """Numbers that may be NaN or infinite; written as `json` writes them, since a null could not be read back."""

    model_config = ConfigDict(ser_json_inf_nan="constants")


class Value(_Numbers):
    """One value that a student's function handed back; which fields are set depends on `kind`.

    Numbers that name things (`object`, `memory`, `leaf`, `node`) mean "the same one" within a call.
    """

    kind: Literal["tensor", "array", "number", "text", "sequence", "none", "other"]
    type: str = ""
    value: float | str | None = None
    """A number's value in double precision, a text's characters."""
    length: int | None = None
    items: Annotated[tuple[Value, ...], Some] = ()
    """A sequence's first items."""
    dtype: str | None = None
    shape: Annotated[tuple[int, ...], Few] | None = None
    values: Annotated[tuple[float, ...], Some] | None = None
    """A tensor's or array's numbers, row by row, in double precision."""
    cut: bool = False
    """Whether `values` are the first ones only, as many as the plan asked for."""
    object: int | None = None
    memory: int | None = None
    requires_grad: bool = False
    is_leaf: bool = False
    retains_grad: bool = False
    leaf: int | None = None
    grad_fn: str | None = None
    node: int | None = None
    """The place of its `grad_fn` in the call's graph."""
    grad: Value | None = None


class Node(Record):
    """One node of the graph that a returned tensor hangs on."""

    name: str
    next: Annotated[tuple[int, ...], Many]
    leaf: int | None = None


class Event(_Numbers):
    """One thing that autograd did, or that was done to a tensor, in the order it happened."""

    kind: str
    """`leaf` (one was made), `op`, `backward`, `grad` (`torch.autograd.grad`), `forward` (a forward-mode derivative),
    `grad-read`, `grad-write`, `item`, `numpy`, `detach`, `data`, `data-write`, `requires-grad`, `retain-grad`,
    `grad-mode`, `step` (an optimizer's), `unseen` (`.grad` was changed through memory it shares), `walk` (a walk
    that failed before it began)."""
    name: str
    file: str | None = None
    line: int | None = None
    tensors: Annotated[tuple[int, ...], Few] = ()
    output: int | None = None
    value: float | None = None
    """Of the output; for a walk, of its roots together."""
    requires_grad: bool | None = None
    """Of the output; where `.grad` was read and empty, of the tensor it was read from."""
    leaves: Annotated[tuple[int, ...], Some] = ()
    """The leaves among the inputs and the output; for a walk, the leaves it reaches."""
    scaled: bool = False
    """A walk that was seeded with something other than 1."""
    values: Annotated[tuple[float | None, ...], Few] = ()
    """The gradients that `torch.autograd.grad` handed back."""
    error: str | None = None
    changes: Annotated[tuple[tuple[int, str, float | None], ...], Few] = ()
    """What became of `.grad`: the leaf, `filled`, `changed`, `zeroed`, `replaced` or `dropped`, and its value now."""


class Failure(Record):
    """An exception, and the student's line that it came from."""

    type: str
    bases: tuple[str, ...] = ()
    message: str = ""
    file: str | None = None
    """The code's file name: a path, or `path#cell` for a notebook's cell."""
    line: int | None = None
    entered: bool = True
    """Whether a line of the student's ran at all; False when the call itself did not fit."""
    cell: int | None = None


CallOutcome = Literal["returned", "raised", "not-called", "timed-out", "crashed"]


class CallObservation(_Numbers):
    """One call, whole."""

    exercise: str
    call: str
    outcome: CallOutcome
    detail: str = ""
    """How the process ended, for a call that took it down."""
    returned: Value | None = None
    error: Failure | None = None
    leaves: Annotated[tuple[Value, ...], Few] = ()
    """The leaves that were made or used, by their numbers, as they were at the end."""
    graph: Annotated[tuple[Node, ...], Many] = ()
    events: Annotated[tuple[Event, ...], Field(max_length=2000)] = ()
    events_cut: bool = False
    printed: str = ""
    too_much_output: bool = False
    refused: tuple[str, ...] = ()
    """What the call tried and the sandbox refused."""
    seconds: float = 0.0


class Load(Record):
    """What came of loading one file."""

    path: str
    outcome: Literal["loaded", "timed-out", "crashed"] = "loaded"
    detail: str = ""
    errors: tuple[Failure, ...] = ()
    printed: str = ""
    too_much_output: bool = False
    refused: tuple[str, ...] = ()


class Definition(Record):
    """Where a file binds a wanted name, as its syntax tree shows it."""

    kind: Literal["function", "assigned", "imported", "broken"]
    line: int
    cell: int | None = None
    stub: bool = False
    uses: tuple[tuple[str, int], ...] = ()
    """Names, attributes and numbers in it, each with its line."""
    text: str | None = None


class SyntaxFault(Record):
    """Why a file or a cell does not parse."""

    type: str
    message: str
    line: int | None = None
    cell: int | None = None


class FileFacts(Record):
    """What one file's syntax tree shows."""

    path: str
    errors: tuple[SyntaxFault, ...] = ()
    names: tuple[str, ...] = ()
    """Every function, class and method that the file defines, wanted or not."""
    reaches: tuple[str, ...] = ()
    """Names in it by which code reaches for what observes it."""
    defines: dict[str, Definition] = {}


class Observation(_Numbers):
    """Everything that grading needs to know of one submission."""

    submission: str
    origin: str
    digest: str
    plan: Plan
    problem: str | None = None
    notices: tuple[str, ...] = ()
    facts: tuple[FileFacts, ...] = ()
    chosen: dict[str, tuple[str, ...]] = {}
    """For each wanted name, the files that define it, the one taken first."""
    sources: dict[str, str] = {}
    """The text of the files that wanted names were found in, by code file name: lines are quoted from here."""
    loads: tuple[Load, ...] = ()
    calls: tuple[CallObservation, ...] = ()
    changes: tuple[str, ...] = ()
    """What the student's code left changed in the process, so that a fresh one took over."""
    noticed: tuple[str, ...] = ()
    """What the code did that only tampering needs; told before it took effect, so that it can't be taken back."""
