"""A worker that is none: its children play back what honest ones sent, with something wrong in it."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from autograd_grader.observe.frames import LENGTH_BYTES
from autograd_grader.observe.host.answers import MAX_FRAME_BYTES
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.host.worker import Child
from autograd_grader.observe.observer import Limits

from .cases import any_json, change
from .recorded import submission_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograd_grader.model.observation import Observation

TOKEN = "0123456789abcdef0123456789abcdef"  # noqa: S105 - any will do
Frames = list[bytes]
"""Frames' bodies, token and all."""


class Fault(NamedTuple):
    """What is wrong with one child's frames; it takes their bodies and gives what the child writes."""

    name: str
    apply: Callable[[Frames], bytes]
    stays: bool = False
    """Whether the child then lives on without a word."""

    def __repr__(self) -> str:
        return self.name


class Played:
    """Stands for a worker: each child has the next fault, and those after the last are honest."""

    def __init__(self, seen: Observation, faults: Sequence[Fault]) -> None:
        self._sent = Sent.of(seen.model_dump_json())
        self._faults = list(faults)

    @contextlib.contextmanager
    def child(self, request: dict[str, Any]) -> Iterator[Child]:
        fault = self._faults.pop(0) if self._faults else HONEST
        with (_open if fault.stays else _closed)(fault.apply(self._sent.answer(request))) as descriptor:
            yield _child(descriptor)


class Sent(NamedTuple):
    """The bodies of the frames in which an observation was sent."""

    syntax: bytes
    chosen: dict[str, tuple[str, ...]]
    loads: dict[str, bytes]
    calls: dict[tuple[str, str], bytes]

    @classmethod
    @cache
    def of(cls, observation: str) -> Sent:
        """The frames of an observation in JSON, made once for all its plays."""
        data = json.loads(observation)
        return cls(
            _body({"frame": "syntax", "facts": data["facts"], "chosen": data["chosen"]}),
            data["chosen"],
            {load["path"]: _body({"frame": "load", "load": load}) for load in data["loads"]},
            {(c["exercise"], c["call"]): _body({"frame": "call", "observation": c}) for c in data["calls"]},
        )

    def answer(self, request: dict[str, Any]) -> Frames:
        """What an honest child sends."""
        frames, loaded = [self.syntax], set(request["skip_files"])
        for call in request["calls"]:
            path = next(iter(self.chosen.get(call["function"], ())), None)
            if path in self.loads and path not in loaded:
                frames.append(self.loads[path])
                loaded.add(path)
            frames.append(self.calls[call["exercise"], call["id"]])
        return frames


def _body(frame: dict[str, Any]) -> bytes:
    return TOKEN.encode() + json.dumps(frame).encode()


@contextlib.contextmanager
def _closed(written: bytes) -> Iterator[int]:
    """A descriptor that these bytes are read from, however many, and then the end."""
    with tempfile.TemporaryFile() as file:
        file.write(written)
        file.seek(0)
        yield file.fileno()


@contextlib.contextmanager
def _open(written: bytes) -> Iterator[int]:
    """A descriptor that as many of these bytes as a pipe holds are read from, and then nothing, not even an end."""
    reading, writing = os.pipe()
    try:
        os.set_blocking(writing, False)
        os.write(writing, written or b"\0")
        yield reading
    finally:
        os.close(reading)
        os.close(writing)


def _child(descriptor: int) -> Child:
    link: Any = SimpleNamespace(fileno=lambda: descriptor)
    child = Child(link)
    child.token = TOKEN
    child.status = "it was made up"
    return child


def observed(seen: Observation, *faults: Fault, limits: Limits | None = None) -> Observation:
    """What the observer makes of children that play an observation with these faults."""
    process: Any = Played(seen, faults)
    return SandboxObserver(process, limits or Limits()).observe(submission_of(seen), seen.plan)


def framed(body: bytes) -> bytes:
    """A body as it is written."""
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


def together(frames: Frames) -> bytes:
    """Frames as they are written."""
    return b"".join(map(framed, frames))


HONEST = Fault("none", together)
TOO_LONG = (MAX_FRAME_BYTES + 1).to_bytes(LENGTH_BYTES, "big")


@st.composite
def losses(draw: st.DrawFn) -> Fault:
    """Frames that are lost, repeated, out of turn, cut, too long, or not the child's: nothing new is said in them."""
    one, other = draw(st.integers(0, 40)), draw(st.integers(0, 40))
    place, noise = draw(st.integers(0, 400_000)), draw(st.binary(max_size=40))

    def at(frames: Frames, index: int) -> int:
        return index % len(frames)

    def swapped(frames: Frames) -> bytes:
        i, j = at(frames, one), at(frames, other)
        frames[i], frames[j] = frames[j], frames[i]
        return together(frames)

    def put(frames: Frames, *new: bytes) -> bytes:
        return b"".join([*map(framed, frames[: at(frames, one)]), *new, *map(framed, frames[at(frames, one) + 1 :])])

    def body(frames: Frames) -> bytes:
        return frames[at(frames, one)]

    return draw(st.sampled_from([
        Fault(f"swapped {one} {other}", swapped),
        Fault(f"dropped {one}", put),
        Fault(f"repeated {one}", lambda frames: put(frames, *[framed(body(frames))] * 2)),
        Fault(f"cut {place}", lambda frames: together(frames)[: place % len(together(frames))]),
        Fault(f"noise {one} {noise!r}", lambda frames: put(frames, noise, framed(body(frames)))),
        Fault(f"noise alone {noise!r}", lambda _: noise),
        Fault(f"no token {one}", lambda frames: put(frames, framed(body(frames)[len(TOKEN) :]))),
        Fault("no token", lambda frames: together([frame[len(TOKEN) :] for frame in frames])),
        Fault(f"other token {one}", lambda frames: put(frames, framed(body(frames)[::-1]))),
        Fault(f"too long {one}", lambda frames: put(frames, TOO_LONG, body(frames))),
        Fault(f"length lies {one}", lambda frames: put(frames, b"\xff\xff\xff\xff" + body(frames))),
        Fault(f"one short {one}", lambda frames: put(frames, framed(body(frames))[:-1])),
        Fault(f"two in one {one}", lambda frames: put(frames, framed(body(frames) * 2))),
        Fault(f"nothing {one}", lambda frames: put(frames, framed(b""))),
        Fault("started anew", lambda frames: together([*frames[: at(frames, one)], *frames])),
        Fault(
            f"handed over {one}",
            lambda frames: put(frames, framed(TOKEN.encode() + b'{"frame":"changed","changes":["torch.add"]}')),
        ),
    ]))  # fmt: skip


@st.composite
def forgeries(draw: st.DrawFn) -> Fault:
    """Frames with the token that say something else: a bit, a field, a number, all of it."""
    index, place, bit = draw(st.integers(0, 40)), draw(st.integers(0, 400_000)), draw(st.integers(0, 7))
    how = draw(st.sampled_from(["bit", "field", "field", "field", "raw", "other", "extra"]))
    raw = draw(st.sampled_from(RAW))
    other = draw(any_json)

    def changed(frames: Frames) -> bytes:
        i = index % len(frames)
        body = frames[i][len(TOKEN) :]
        frames[i] = TOKEN.encode() + new(body)
        return together(frames)

    def new(body: bytes) -> bytes:
        match how:
            case "bit":
                bits = bytearray(body)
                bits[place % len(bits)] ^= 1 << bit
                return bytes(bits)
            case "field":
                data = json.loads(body)
                return json.dumps(change(draw, data).of(data)).encode()
            case "raw":
                values = body.split(b":")
                values[place % len(values)] = raw
                return b":".join(values)
            case "extra":
                return body[:-1] + b"," + json.dumps({"score": other})[1:].encode()
        return json.dumps(other).encode()

    return Fault(f"{how} {index} {place}", changed)


RAW = (
    b"9" * 5000,
    b"-" + b"9" * 400,
    b"1e999",
    b"NaN",
    b"-Infinity",
    b'"\\ud800"',
    b'"\\u0000"',
    b"\xff\xfe",
    b"[" * 300,
    b"[" * 100_000,
    b'{"grad":' * 250,
    b"[" + b"0," * 300_000 + b"0]",
    b'{"a":1,"a":2}',
    b"1.0000000000000000000001",
    b"null",
    b"true",
    b'""',
)
"""What is put where a value stands, up to the next colon: seldom JSON, and never of the right type."""
