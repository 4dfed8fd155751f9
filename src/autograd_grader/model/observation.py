"""What was seen of one submission: plain data, validated on arrival, complete enough to be graded again later."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from autograd_grader.model.base import Record
from autograd_grader.model.plan import HIGHEST_MAX_VALUES, Plan

# How much of each an observation may hold: as much as a child keeps, so that a forged one costs no more to grade.
Few = Field(max_length=16)
Some = Field(max_length=64)
Many = Field(max_length=200)
Whole = Annotated[int, Field(ge=-(2**63), lt=2**63)]
"""A whole number as an honest child counts: one of 4,000 digits can't be made a float."""
Name = Annotated[str, Field(max_length=80)]
Words = Annotated[str, Field(max_length=200)]
"""A sentence of the sandbox's."""
CodeName = Annotated[str, Field(max_length=1100)]
"""A path within a submission, or one with a cell's number."""
Message = Annotated[str, Field(max_length=600)]
Text = Annotated[str, Field(max_length=4000)]
Printed = Annotated[str, Field(max_length=1 << 14)]
Refused = Annotated[tuple[Words, ...], Field(max_length=20)]
Paths = Annotated[tuple[CodeName, ...], Field(max_length=500)]


class _Numbers(Record):
    """Numbers that may be NaN or infinite; written as `json` writes them, since a null could not be read back."""

    model_config = ConfigDict(ser_json_inf_nan="constants")


class Value(_Numbers):
    """One value that a student's function handed back; which fields are set depends on `kind`.

    Numbers that name things (`object`, `memory`, `leaf`, `node`) mean "the same one" within a call.
    """

    kind: Literal["tensor", "array", "number", "text", "sequence", "none", "other"]
    type: Name = ""
    value: float | Text | None = None
    """A number's value in double precision, a text's characters."""
    length: Whole | None = None
    items: Annotated[tuple[Value, ...], Some] = ()
    """A sequence's first items."""
    dtype: Name | None = None
    shape: Annotated[tuple[Whole, ...], Few] | None = None
    values: Annotated[tuple[float, ...], Field(max_length=HIGHEST_MAX_VALUES)] | None = None
    """A real tensor's or array's numbers, row by row, in double precision: the first ones, up to the plan's cap."""
    cut: bool = False
    """Whether it has more numbers than `values` holds."""
    object: Whole | None = None
    memory: Whole | None = None
    requires_grad: bool = False
    is_leaf: bool = False
    retains_grad: bool = False
    leaf: Whole | None = None
    grad_fn: Name | None = None
    node: Whole | None = None
    """The place of its `grad_fn` in the call's graph."""
    grad: Value | None = None


class Node(Record):
    """One node of the graph of a returned tensor."""

    name: Name
    next: Annotated[tuple[Whole, ...], Many]
    leaf: Whole | None = None


class Event(_Numbers):
    """One thing that autograd did, or that was done to a tensor, in the order it happened."""

    kind: Name
    """`leaf` (one was made), `op`, `backward`, `grad` (`torch.autograd.grad`), `forward` (a forward-mode derivative),
    `grad-read`, `grad-write`, `item`, `numpy`, `detach`, `data`, `data-write`, `requires-grad`, `retain-grad`,
    `grad-mode`, `step` (an optimizer's), `unseen` (`.grad` was changed through memory it shares),
    `failed-backward` (a backward pass that failed before it began)."""
    name: Name
    file: CodeName | None = None
    line: Whole | None = None
    tensors: Annotated[tuple[Whole, ...], Few] = ()
    output: Whole | None = None
    value: float | None = None
    """Of the output; for a backward pass, the sum of its roots."""
    requires_grad: bool | None = None
    """Of the output; where `.grad` was read and empty, of the tensor it was read from."""
    leaves: Annotated[tuple[Whole, ...], Some] = ()
    """The leaves among the inputs and the output; for a backward pass, the leaves it reaches."""
    scaled: bool = False
    """A backward pass that was seeded with something other than 1."""
    values: Annotated[tuple[float | None, ...], Few] = ()
    """The gradients that `torch.autograd.grad` handed back."""
    error: Name | None = None
    changes: Annotated[tuple[tuple[Whole, Name, float | None], ...], Few] = ()
    """What became of `.grad`: the leaf, `filled`, `changed`, `zeroed`, `replaced` or `dropped`, and its value now."""


class Failure(Record):
    """An exception, and the student's line that it came from."""

    type: Name
    bases: Annotated[tuple[Name, ...], Few] = ()
    message: Message = ""
    file: CodeName | None = None
    """The code's file name: a path, or `path#cell` for a notebook's cell."""
    line: Whole | None = None
    entered: bool = True
    """Whether a line of the student's ran at all; False when the call itself did not fit."""
    cell: Whole | None = None


CallOutcome = Literal["returned", "raised", "not-called", "timed-out", "crashed"]


class CallObservation(_Numbers):
    """One call, whole."""

    exercise: Words
    call: Words
    outcome: CallOutcome
    detail: Words = ""
    """How the process ended, for a call that took it down."""
    returned: Value | None = None
    error: Failure | None = None
    leaves: Annotated[tuple[Value, ...], Few] = ()
    """The leaves that were passed, made or used, by their numbers, as they were at the end."""
    graph: Annotated[tuple[Node, ...], Many] = ()
    events: Annotated[tuple[Event, ...], Field(max_length=2000)] = ()
    events_cut: bool = False
    printed: Printed = ""
    too_much_output: bool = False
    refused: Refused = ()
    """What the call attempted and the sandbox refused."""
    seconds: float = 0.0


class Load(Record):
    """What came of loading one file."""

    path: CodeName
    outcome: Literal["loaded", "timed-out", "crashed"] = "loaded"
    detail: Words = ""
    errors: Annotated[tuple[Failure, ...], Field(max_length=20)] = ()
    printed: Printed = ""
    too_much_output: bool = False
    refused: Refused = ()


class Definition(Record):
    """Where a file binds a wanted name, as its syntax tree shows it."""

    kind: Literal["function", "assigned", "imported", "broken"]
    line: Whole
    cell: Whole | None = None
    stub: bool = False
    uses: Annotated[tuple[tuple[Name, Whole], ...], Field(max_length=400)] = ()
    """Names, attributes and numbers in it, each with its line."""
    text: Text | None = None


class SyntaxFault(Record):
    """Why a file or a cell does not parse."""

    type: Name
    message: Message
    line: Whole | None = None
    cell: Whole | None = None


class FileFacts(Record):
    """What one file's syntax tree shows."""

    path: CodeName
    errors: Annotated[tuple[SyntaxFault, ...], Many] = ()
    names: Annotated[tuple[Name, ...], Some] = ()
    """Every function, class and method that the file defines, wanted or not."""
    reaches: Annotated[tuple[Name, ...], Many] = ()
    """Names in it by which code reaches the objects that observe it."""
    defines: Annotated[dict[Words, Definition], Many] = {}


class Observation(_Numbers):
    """Everything that grading needs to know of one submission."""

    submission: str
    origin: str
    digest: str
    plan: Plan
    problem: str | None = None
    notices: tuple[str, ...] = ()
    facts: Annotated[tuple[FileFacts, ...], Field(max_length=500)] = ()
    chosen: Annotated[dict[Words, Paths], Many] = {}
    """For each wanted name, the files that define it, the one taken first."""
    sources: dict[str, str] = {}
    """The text of the files that wanted names were found in, by code file name: lines are quoted from here."""
    loads: tuple[Load, ...] = ()
    calls: tuple[CallObservation, ...] = ()
    changes: tuple[Words, ...] = ()
    """What the student's code left changed in the process, so that a fresh one took over."""
    noticed: tuple[Words, ...] = ()
    """What the code did that only tampering needs; reported before it took effect, so that it can't be taken back."""
