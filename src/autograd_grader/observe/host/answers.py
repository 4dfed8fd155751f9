"""What a child sends, as validated data; every frame is capped, since a child can send whatever it likes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from autograd_grader.model.observation import CallObservation, FileFacts, Load, Many, Paths, Words
from autograd_grader.observe.frames import BrokenFrameError

MAX_FRAME_BYTES = 8 << 20
MAX_FRAME_OBJECTS = 20_000
"""Over twice what an honest frame can hold: a full list of events, a full graph, and all items of what was returned."""
MAX_NOTICED = 20
"""Things that are noticed of one submission."""
_MAX_VALUES = 3000
"""Values in one answer: a child describes a thousand items, leaves and what was returned, each with a gradient."""
_MAX_NUMBERS = 1 << 17
_MAX_DEPTH = 6
"""Values inside one another: four sequences, a tensor and its gradient."""

Changes = Annotated[tuple[Words, ...], Field(max_length=10)]


class _Frame(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SyntaxFrame(_Frame):
    """What the syntax trees of all files show, and which file each function is taken from."""

    frame: Literal["syntax"]
    facts: Annotated[tuple[FileFacts, ...], Field(max_length=500)]
    chosen: Annotated[dict[Words, Paths], Many]


class LoadFrame(_Frame):
    """What came of loading a file."""

    frame: Literal["load"]
    load: Load


class CallFrame(_Frame):
    """What came of a call, and after the last one what has changed in the process."""

    frame: Literal["call"]
    observation: CallObservation
    changes: Changes = ()


class ChangedFrame(_Frame):
    """What has changed in the process, so that a fresh child has to make the other calls."""

    frame: Literal["changed"]
    changes: Changes


class NoticedFrame(_Frame):
    """Something that only tampering needs."""

    frame: Literal["noticed"]
    what: Words


Answer = SyntaxFrame | LoadFrame | CallFrame | ChangedFrame
_Message = Answer | NoticedFrame
_FRAME: TypeAdapter[_Message] = TypeAdapter(Annotated[_Message, Field(discriminator="frame")])


def parse(body: bytes) -> Answer | NoticedFrame:
    """The frame that a child sent as `body`.

    Raises `BrokenFrameError` for one that would take much memory as objects, `ValidationError` for one of no known
    form.
    """
    if body.count(b"{") > MAX_FRAME_OBJECTS:
        message = f"a frame of more than {MAX_FRAME_OBJECTS} objects"
        raise BrokenFrameError(message)
    return _FRAME.validate_json(body)


def memory_of(body: bytes) -> int:
    """About how many bytes a frame takes once it is objects, at most: its text, the records in it, and their fields."""
    return 4 * len(body) + 1000 * body.count(b"{") + 32 * body.count(b",")


def holds_more_values(call: CallObservation, cap: int) -> bool:
    """Whether an answer has more values than a child keeps, or a tensor more numbers than the plan asks for."""
    waiting = [(value, 1) for value in (*call.leaves, *([call.returned] if call.returned else []))]
    values_left, numbers_left = _MAX_VALUES, _MAX_NUMBERS
    while waiting:
        value, depth = waiting.pop()
        numbers = len(value.values or ())
        values_left, numbers_left = values_left - 1, numbers_left - numbers
        if numbers > cap or depth > _MAX_DEPTH or min(values_left, numbers_left) < 0:
            return True
        waiting += [(item, depth + 1) for item in (*value.items, *([value.grad] if value.grad else []))]
    return False
