"""The call plan: which functions are called with which arguments, fixed before any student code runs."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator
from typing_extensions import TypeAliasType

from autograd_grader.model.base import Record

MAX_VALUES = 64
"""Numbers that are observed of one returned tensor, unless a plan asks for another cap."""
HIGHEST_MAX_VALUES = 4096
"""The highest cap that a plan may ask for."""

Finite = Annotated[float, Field(allow_inf_nan=False)]
"""JSON has neither infinities nor NaN."""

Numbers = TypeAliasType("Numbers", "Finite | tuple[Numbers, ...]")
"""What a tensor is made from: a number, or rows of them."""

_FLOATING = frozenset({"bfloat16", "float16", "float32", "float64"})
DTYPES = _FLOATING | {"bool", "uint8", "int8", "int16", "int32", "int64"}
"""The names of the dtypes that a tensor can be sent with."""


class TensorArgument(Record):
    """A tensor that a function is called with, made anew for each call."""

    tensor: Numbers
    dtype: str = "float32"
    requires_grad: bool = False

    @model_validator(mode="after")
    def _can_be_made(self) -> Self:
        if self.dtype not in DTYPES:
            message = f"there is no dtype {self.dtype!r}; there are {', '.join(sorted(DTYPES))}"
            raise ValueError(message)
        if self.requires_grad and self.dtype not in _FLOATING:
            message = f"a tensor of {self.dtype} can't require grad"
            raise ValueError(message)
        if _shape(self.tensor) is None:
            message = "its rows are of different lengths"
            raise ValueError(message)
        return self


class TupleArgument(Record):
    """A tuple that a function is called with: in JSON it would be taken for a list."""

    items: tuple[Argument, ...]


def _shape(numbers: Any) -> tuple[int, ...] | None:  # noqa: ANN401 - a number, or nested rows of them
    """The shape of nested rows; None where they differ in length."""
    if not isinstance(numbers, tuple):
        return ()
    shapes = {_shape(row) for row in numbers} or {()}
    inner = shapes.pop()
    return None if shapes or inner is None else (len(numbers), *inner)


def tensor(values: Any, dtype: str = "float32", *, requires_grad: bool = False) -> TensorArgument:  # noqa: ANN401
    """A tensor to call a function with, from a number or nested sequences of them."""
    return TensorArgument(tensor=values, dtype=dtype, requires_grad=requires_grad)


_SENDABLE = (bool, int, float, str, list, dict, TensorArgument, TupleArgument, type(None))
"""What an argument may be as it is written, and, as a dict, what its JSON is read into."""


def _tagged(value: Any) -> Any:  # noqa: ANN401 - whatever a grader's author writes; what follows validates it
    """Tell a tuple from a list: both are arrays in JSON, where a list stays one."""
    if isinstance(value, tuple):
        return TupleArgument(items=value)
    if not isinstance(value, _SENDABLE):  # pydantic would make a list of a set, and a text of bytes
        message = f"{type(value).__name__} can't be sent"
        raise ValueError(message)  # noqa: TRY004 - pydantic reports a ValueError with its place
    return value


Argument = TypeAliasType(
    "Argument",
    Annotated[
        "bool | int | Finite | str | TensorArgument | TupleArgument | list[Argument] | None", BeforeValidator(_tagged)
    ],
)
"""What a function can be called with: numbers, texts, booleans, None, lists, tuples and tensors."""


class Call(Record):
    """One call of one student function."""

    id: str
    """Unique in its exercise: `article`, `drawn`, `again`, `bent`, …"""
    function: str
    args: tuple[Argument, ...] = ()
    """Passed by position; empty for the stub's defaults."""
    kwargs: dict[str, Argument] = {}
    """Passed by name."""
    bend: float = 1.0
    """The factor every `backward` and `grad` is seeded with; 1 leaves autograd alone."""


class ExercisePlan(Record):
    """The calls of one exercise."""

    exercise: str
    file: str
    """The contract's file name: a definition there wins over one elsewhere."""
    calls: tuple[Call, ...]
    constants: tuple[str, ...] = ()
    """Module constants that a person reads."""
    max_values: int = Field(default=MAX_VALUES, ge=1, le=HIGHEST_MAX_VALUES)
    """Numbers that are observed of one returned tensor."""


class Plan(Record):
    """All calls for one submission."""

    seed: str
    exercises: tuple[ExercisePlan, ...]
