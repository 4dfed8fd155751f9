"""An exception as plain data: its type, its message, and the student's line that it came from."""

from __future__ import annotations

from collections.abc import Collection
from types import TracebackType
from typing import Any

from autograd_grader.observe.child.record.snapshot import type_name

MAX_MESSAGE = 600
MAX_PATH = 1000
MAX_LINE = 10**9
_PLAIN = (str, int, float, bool, type(None))
_text_of = BaseException.__str__
_traceback_of = BaseException.__dict__["__traceback__"].__get__
# A student's metaclass may override the attributes of its class; `type`'s own descriptors do not call it.
_name_of = type.__dict__["__name__"].__get__
_mro_of = type.__dict__["__mro__"].__get__


def describe_failure(error: BaseException, code_names: Collection[str]) -> dict[str, Any]:
    """The type names up to `BaseException`, the message, and the nearest and deepest place in the student's code."""
    places = _places(_traceback_of(error), code_names)
    return {
        "type": type_name(error),
        "bases": [str(_name_of(base))[:80] for base in _mro_of(type(error))[1:7]],
        "message": _message(error)[:MAX_MESSAGE],
        "file": places[-1][0] if places else _plain(error, "filename", str),
        "line": places[-1][1] if places else _plain(error, "lineno", int),
        "entered": bool(places),
    }


def _plain(error: BaseException, name: str, kind: type) -> Any:
    """An attribute that Python's own parser has set on a syntax error."""
    value = getattr(error, name) if type(error) is SyntaxError else None
    if type(value) is str:
        value = value[:MAX_PATH]
    elif type(value) is int and not 0 <= value <= MAX_LINE:
        return None  # student code may raise one with any number in it
    return value if type(value) is kind else None


def _message(error: BaseException) -> str:
    args = BaseException.args.__get__(error)  # type: ignore[attr-defined]
    if type(error) is SyntaxError and type(error.msg) is str:
        return error.msg
    if len(args) == 1 and type(args[0]) is str:
        return str(args[0])
    # A student's object among the arguments would run its own `__repr__` here.
    if all(type(a) in _PLAIN for a in args):
        return str(_text_of(error))
    return ""


def _places(trace: TracebackType | None, code_names: Collection[str]) -> list[tuple[str, int]]:
    places: list[tuple[str, int]] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename in code_names:
            places.append((code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return places
