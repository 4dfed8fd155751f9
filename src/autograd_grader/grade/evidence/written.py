"""Calls as a student would write them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from autograd_grader.model.plan import Call, TensorArgument, TupleArgument

_MOST_ITEMS = 6
"""Of a list or a tensor's row; the others are an ellipsis."""
_MOST_CHARACTERS = 40
"""Of a text."""


def written_call(call: Call) -> str:
    """A call with its arguments, those by position first; what is long is shortened."""
    named = [f"{name}={_written(value)}" for name, value in call.kwargs.items()]
    return f"{call.function}({', '.join([*map(_written, call.args), *named])})"


def _written(argument: Any) -> str:  # noqa: ANN401 - an `Argument`, whose union no `isinstance` narrows
    if isinstance(argument, int) or argument is None:
        return str(argument)
    if isinstance(argument, float):
        return f"{argument:g}"
    if isinstance(argument, str):
        return repr(argument if len(argument) <= _MOST_CHARACTERS else argument[: _MOST_CHARACTERS - 1] + "…")
    if isinstance(argument, TensorArgument):
        return _written_tensor(argument)
    if isinstance(argument, TupleArgument):
        items = _few(map(_written, argument.items))
        return f"({items},)" if len(argument.items) == 1 else f"({items})"
    return f"[{_few(map(_written, argument))}]"


def _written_tensor(argument: TensorArgument) -> str:
    details = [] if argument.dtype == "float32" else [f"dtype=torch.{argument.dtype}"]
    details += ["requires_grad=True"] if argument.requires_grad else []
    return f"tensor({', '.join([_elements(argument.tensor, argument.dtype), *details])})"


def _elements(values: Any, dtype: str) -> str:  # noqa: ANN401 - nested tuples of numbers
    """A tensor's numbers as torch prints them: a floating-point one has a point."""
    if isinstance(values, tuple):
        return f"[{_few(_elements(value, dtype) for value in values)}]"
    shown = f"{values:g}"
    return f"{shown}." if "float" in dtype and shown.lstrip("-").isdigit() else shown


def _few(items: Iterable[str]) -> str:
    shown = list(items)
    return ", ".join(shown if len(shown) <= _MOST_ITEMS else [*shown[:_MOST_ITEMS], "…"])
