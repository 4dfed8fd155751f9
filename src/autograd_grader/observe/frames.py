"""Framed JSON on a descriptor: four bytes of length, then the text. Both sides of the sandbox use it.

Little is imported here, since the fork server loads this module too.
"""

from __future__ import annotations

import json
import os
import select
import time
from _json import encode_basestring, make_encoder
from typing import Any, NoReturn

from pydantic_core import to_json

LENGTH_BYTES = 4
_write = os.write


def _no_json(value: object) -> NoReturn:
    message = f"{type(value).__name__} is no JSON"
    raise TypeError(message)


# `json.dumps` would be looked up by name for every frame, and in a child student code may have replaced it. This is
# what it calls, bound now; pydantic's `to_json` is three times as fast, but takes no lone surrogates.
_pieces = make_encoder(None, _no_json, encode_basestring, None, ":", ",", False, False, True)  # noqa: FBT003


class BrokenFrameError(Exception):
    """The other side sent something that is no frame: too long, cut short, or no JSON object."""


class DeadlineError(Exception):
    """No whole frame came in time."""


def pack(message: dict[str, Any], token: bytes = b"") -> bytes:
    """One frame as bytes; it begins with the `token` by which a `FrameReader` knows it from a forged one."""
    try:
        body = token + to_json(message, inf_nan_mode="constants")
    except ValueError:  # a lone surrogate (`"\ud800"`) is no Unicode: the reader would take the frame for broken
        body = token + "".join(_pieces(message, 0)).encode("utf-8", "replace")
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte, however many calls it takes."""
    view = memoryview(data)
    while view:
        view = view[_write(descriptor, view) :]


def read_exactly(descriptor: int, size: int) -> bytes:
    """Read `size` bytes, waiting for as long as it takes; raises `EOFError` if the other side closes before."""
    chunks = bytearray()
    while len(chunks) < size:
        chunk = os.read(descriptor, min(size - len(chunks), 1 << 16))
        if not chunk:
            raise EOFError
        chunks += chunk
    return bytes(chunks)


def read_message(descriptor: int) -> dict[str, Any]:
    """Read one frame from a side that is trusted; raises `EOFError` at the end."""
    size = int.from_bytes(read_exactly(descriptor, LENGTH_BYTES), "big")
    message: dict[str, Any] = json.loads(read_exactly(descriptor, size))
    return message


class FrameReader:
    """Reads frames from a side that is not trusted: capped in size, and never waiting past a deadline."""

    def __init__(self, descriptor: int, *, max_bytes: int, token: bytes = b"") -> None:
        """Read from `descriptor`; a frame of more than `max_bytes`, or without the `token`, is broken."""
        self._descriptor = descriptor
        self._max_bytes = max_bytes
        self._token = token
        self._buffer = bytearray()

    def read(self, deadline: float) -> bytes:
        """The next frame's body.

        `deadline` is in seconds of `time.monotonic`. Raises `DeadlineError` when it passes, `EOFError` when the
        other side closed, and `BrokenFrameError` for a frame over the cap or without the token.
        """
        self._fill(LENGTH_BYTES, deadline)
        size = int.from_bytes(self._buffer[:LENGTH_BYTES], "big")
        if size > self._max_bytes:
            message = f"a frame of {size} bytes, {self._max_bytes} are allowed"
            raise BrokenFrameError(message)
        self._fill(LENGTH_BYTES + size, deadline)
        body = bytes(self._buffer[LENGTH_BYTES : LENGTH_BYTES + size])
        del self._buffer[: LENGTH_BYTES + size]
        if not body.startswith(self._token):
            message = "a frame without the child's token"
            raise BrokenFrameError(message)
        return body[len(self._token) :]

    def _fill(self, size: int, deadline: float) -> None:
        while len(self._buffer) < size:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._descriptor], [], [], left)[0]:
                raise DeadlineError
            try:
                chunk = os.read(self._descriptor, 1 << 16)
            except ConnectionError as error:
                raise EOFError from error
            if not chunk:
                raise EOFError
            self._buffer += chunk
