"""What student code writes to its end of the pipe.

What holds: the grading side never raises, keeps nothing that is out of turn, takes one answer for a call, and believes
no frame without the child's token, which code has to dig out of the process to know. Code that digs it out can forge
the observations of its own calls from then on; it can't add calls, name others, or touch another submission.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograd_grader.model.observation import Observation
from autograd_grader.observe.frames import BrokenFrameError, DeadlineError, FrameReader, pack
from autograd_grader.observe.host import submission_run
from autograd_grader.observe.host.answers import MAX_FRAME_BYTES
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.host.worker import Child
from autograd_grader.observe.observer import Limits

from .seam import Seam, calls_of, exercise, numbers_in, source_file

if TYPE_CHECKING:
    from collections.abc import Iterator

FORGED: dict[str, Any] = {"frame": "call", "observation": {"exercise": "ex1", "call": "0", "outcome": "returned",
                                           "returned": {"kind": "number", "value": 42.0}}}  # fmt: skip

WRITES_EVERYWHERE = """
import os

FRAME = {frame!r}

def f(x):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, FRAME)
        except OSError:
            pass
    return x
"""


CHANGED = {"frame": "changed", "changes": []}


@pytest.mark.parametrize("frame", [pack(FORGED), pack(FORGED) * 20, pack(CHANGED), b"\xff" * 8, b"\0\0\0\0", b""])
def test_frames_written_to_every_descriptor_earn_nothing(seam: Seam, frame: bytes) -> None:
    calls = seam.calls(WRITES_EVERYWHERE.format(frame=frame), (1.0,), (2.0,))
    assert len(calls) == 2
    assert [c.outcome for c in calls] == (["crashed"] * 2 if frame else ["returned"] * 2)
    assert 42.0 not in [n for c in calls for n in numbers_in(c.returned)]


def test_frames_written_while_loading_spoil_that_file_alone(seam: Seam) -> None:
    files = [source_file("ex1.py", WRITES_EVERYWHERE.format(frame=pack(FORGED)) + "\nf(0)"),
             source_file("ex2.py", "def g(): return 2")]  # fmt: skip
    plan = exercise(*calls_of("f", (1.0,))), exercise(*calls_of("g", ()), id="ex2", file="ex2.py")
    seen = seam.observe(files, *plan)
    assert [(load.path, load.outcome) for load in seen.loads] == [("ex1.py", "crashed"), ("ex2.py", "loaded")]
    assert [c.outcome for c in seen.calls] == ["not-called", "returned"]


def test_a_child_that_closes_its_pipe_is_crashed(seam: Seam) -> None:
    calls = seam.calls("import os\ndef f(x):\n    if x: os.closerange(3, 64)\n    return x", (0.0,), (1.0,), (0.0,))
    assert [c.outcome for c in calls] == ["returned", "crashed", "returned"]


class FakeChild:
    """A child that answers with given bytes, whatever it was asked."""

    def __init__(self, *answers: bytes, token: str = "") -> None:
        self._answers = list(answers)
        self._token = token

    @contextlib.contextmanager
    def child(self, _request: dict[str, Any]) -> Iterator[Child]:
        ours, theirs = socket.socketpair()
        answer = self._answers.pop(0) if self._answers else b""

        def serve() -> None:
            with theirs, contextlib.suppress(OSError):
                theirs.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            with ours:
                child = Child(ours)
                child.token = self._token
                yield child
        finally:
            thread.join()
        child.status = "it was made up"


def observed_from(*answers: bytes, max_values: int = 64) -> Observation:
    """What the observer makes of children that send `answers`; two calls in two exercises."""
    seam = Seam(SandboxObserver(FakeChild(*answers), Limits(call=0.2)))  # type: ignore[arg-type]
    files = [source_file("ex1.py", "def f(): pass"), source_file("ex2.py", "def g(): pass")]
    plan = exercise(*calls_of("f", (1.0,))), exercise(*calls_of("g", (1.0,)), id="ex2", file="ex2.py")
    return seam.observe(files, *(each.model_copy(update={"max_values": max_values}) for each in plan))


SYNTAX = {"frame": "syntax", "facts": [], "chosen": {"f": ["ex1.py"], "g": ["ex2.py"]}}
LOAD = {"frame": "load", "load": {"path": "ex1.py"}}
LOAD_SECOND = {"frame": "load", "load": {"path": "ex2.py"}}
SECOND = {"frame": "call", "observation": {"exercise": "ex2", "call": "0", "outcome": "returned"}}


def test_frames_in_turn_are_kept() -> None:
    seen = observed_from(b"".join(map(pack, (SYNTAX, LOAD, FORGED, LOAD_SECOND, SECOND))))
    assert [c.outcome for c in seen.calls] == ["returned", "returned"]


@pytest.mark.parametrize("frames", [
    [SYNTAX, SYNTAX],
    [LOAD],
    [FORGED],
    [SYNTAX, SECOND],
    [SYNTAX, LOAD, LOAD],
    [SYNTAX, {"frame": "load", "load": {"path": "ex2.py"}}],
    [SYNTAX, {"frame": "load", "load": {"path": "elsewhere.py"}}],
    [SYNTAX, LOAD, SECOND],
    [SYNTAX, LOAD, {"frame": "call", "observation": FORGED["observation"] | {"score": 10}}],
    [SYNTAX, LOAD, {"frame": "call", "observation": FORGED["observation"] | {"outcome": "passed"}}],
    [SYNTAX, LOAD, {"frame": "verdict"}],
    [SYNTAX, {"frame": "changed", "changes": []}],
])  # fmt: skip
def test_a_frame_out_of_turn_ends_the_child_and_is_not_kept(frames: list[dict[str, Any]]) -> None:
    seen = observed_from(*[b"".join(map(pack, frames))] * 5)
    assert [c.call for c in seen.calls] == ["0", "0"]
    assert "returned" not in {c.outcome for c in seen.calls if c.exercise == "ex1"}
    assert {load.path for load in seen.loads} <= {"ex1.py", "ex2.py"}


TENSOR = {"kind": "tensor", "values": [0.0] * 64, "shape": [2] * 6}
LIST = {"kind": "sequence", "type": "list"}
TEXT = {"kind": "text", "value": "x" * 4000}
ERROR = {"type": "t" * 80, "bases": ["b" * 80] * 6, "message": "m" * 600, "file": "f" * 1000, "line": 1}
EVENT = {"kind": "grad", "name": "grad", "values": [0.0] * 8, "tensors": [0] * 8, "leaves": [0] * 64}


def nested(value: dict[str, Any], depth: int) -> dict[str, Any]:
    return value if depth == 1 else LIST | {"items": [nested(value, depth - 1)]}


@pytest.mark.parametrize(("kept", "more"), [
    ({"returned": TENSOR}, {"returned": TENSOR | {"values": [0.0] * 65}}),
    ({"returned": TENSOR}, {"returned": TENSOR | {"shape": [1] * 17}}),
    ({"returned": LIST | {"items": [TENSOR] * 64}}, {"returned": LIST | {"items": [TENSOR] * 65}}),
    ({"events": [EVENT] * 2000}, {"events": [EVENT] * 2001}),
    ({"events": [EVENT]}, {"events": [EVENT | {"values": [0.0] * 17}]}),
    ({"events": [EVENT]}, {"events": [EVENT | {"changes": [[0, "filled", 1.0]] * 17}]}),
    ({"leaves": [TENSOR] * 16}, {"leaves": [TENSOR] * 17}),
    ({"graph": [{"name": "n", "next": [0] * 200}] * 200}, {"graph": [{"name": "n", "next": []}] * 201}),
    ({"printed": "x" * (1 << 14)}, {"printed": "x" * ((1 << 14) + 1)}),
    ({"refused": ["x" * 200] * 20}, {"refused": ["x"] * 21}),
    ({"refused": []}, {"refused": ["x" * 201]}),
    ({"error": ERROR}, {"error": ERROR | {"message": "m" * 601}}),
    ({"error": ERROR}, {"error": ERROR | {"type": "t" * 81}}),
    ({"error": ERROR}, {"error": ERROR | {"bases": ["b"] * 17}}),
    ({"error": ERROR}, {"error": ERROR | {"line": 10**400}}),
    ({"returned": TEXT}, {"returned": TEXT | {"value": "x" * 4001}}),
    ({"events": [EVENT]}, {"events": [EVENT | {"name": "n" * 81}]}),
    ({"events": [EVENT]}, {"events": [EVENT | {"file": "f" * 1101}]}),
    ({"returned": nested(LIST, 4)}, {"returned": nested(LIST, 7)}),
    ({"returned": LIST | {"items": [LIST | {"items": [TEXT] * 40}] * 50}},
     {"returned": LIST | {"items": [LIST | {"items": [{"kind": "none"}] * 64}] * 64}}),
])  # fmt: skip
def test_an_answer_that_holds_more_than_a_child_keeps_ends_the_child(
    kept: dict[str, Any], more: dict[str, Any]
) -> None:
    for parts, outcome in ((kept, "returned"), (more, "crashed")):
        answer = {"frame": "call", "observation": FORGED["observation"] | parts}
        seen = observed_from(b"".join(map(pack, (SYNTAX, LOAD, answer, LOAD_SECOND, SECOND))))
        assert seen.calls[0].outcome == outcome


DEFINITION = {"kind": "function", "line": 1, "uses": [["u" * 60, 1]] * 400, "text": "x" * 4000}
FACTS = {"path": "ex1.py", "names": ["n" * 60] * 50, "errors": [{"type": "t", "message": "m" * 600}] * 20,
         "defines": {"f": DEFINITION}}  # fmt: skip
CHOSEN = {"f": ["ex1.py"] * 500, "g": ["ex2.py"]}


@pytest.mark.parametrize("more", [
    {"facts": [FACTS] * 501},
    {"facts": [FACTS | {"path": "p" * 1101}]},
    {"facts": [FACTS | {"names": ["n" * 81]}]},
    {"facts": [FACTS | {"names": ["n"] * 65}]},
    {"facts": [FACTS | {"errors": [{"type": "t", "message": "m" * 601}]}]},
    {"facts": [FACTS | {"errors": [{"type": "t", "message": "m"}] * 201}]},
    {"facts": [FACTS | {"defines": {"f": DEFINITION | {"uses": [["u", 1]] * 401}}}]},
    {"facts": [FACTS | {"defines": {"f": DEFINITION | {"text": "x" * 4001}}}]},
    {"facts": [FACTS | {"defines": dict.fromkeys(map(str, range(201)), DEFINITION)}]},
    {"chosen": CHOSEN | {"f": ["ex1.py"] * 501}},
    {"chosen": CHOSEN | {"x" * 201: []}},
    {"chosen": CHOSEN | {str(n): [] for n in range(200)}},
])  # fmt: skip
def test_a_syntax_tree_that_shows_more_than_a_child_keeps_ends_the_child(more: dict[str, Any]) -> None:
    syntax = {"frame": "syntax", "facts": [FACTS], "chosen": CHOSEN}
    for frame, outcome in ((syntax, "returned"), (syntax | more, "crashed")):
        seen = observed_from(b"".join(map(pack, (frame, LOAD, FORGED, LOAD_SECOND, SECOND))))
        assert seen.calls[0].outcome == outcome


@pytest.mark.parametrize("more", [
    {"errors": [ERROR] * 21}, {"printed": "x" * ((1 << 14) + 1)}, {"refused": ["x"] * 21}, {"detail": "x" * 201},
])  # fmt: skip
def test_a_loaded_file_that_says_more_than_a_child_keeps_ends_the_child(more: dict[str, Any]) -> None:
    full = {"path": "ex1.py", "errors": [ERROR] * 20, "printed": "x" * (1 << 14), "refused": ["x" * 200] * 20}
    for load, kept in ((full, ("ex1.py", "loaded")), (full | more, ("ex1.py", "crashed"))):
        frames: list[dict[str, Any]] = [SYNTAX, {"frame": "load", "load": load}, FORGED]
        seen = observed_from(b"".join(map(pack, frames)))
        assert [(load.path, load.outcome) for load in seen.loads[:1]] == [kept]


@pytest.mark.parametrize("changes", [["x"] * 11, ["x" * 201]])
def test_more_changes_than_a_child_tells_of_end_it(changes: list[str]) -> None:
    for told, outcome in ((["x" * 200] * 10, "returned"), (changes, "crashed")):
        answer: dict[str, Any] = FORGED | {"changes": told}
        seen = observed_from(b"".join(map(pack, (SYNTAX, LOAD, answer))))
        assert seen.calls[0].outcome == outcome


def holding(value: dict[str, Any]) -> list[dict[str, Any]]:
    """What an observation can hold a value in."""
    return [{"returned": value}, {"returned": LIST | {"items": [LIST | {"items": [value]}]}},
            {"returned": {"kind": "tensor", "grad": value}}, {"leaves": [value]}]  # fmt: skip


@pytest.mark.parametrize("cap", [1, 3, 64, 500, 4096])
@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("kind", ["tensor", "array"])
def test_an_answer_with_more_numbers_than_the_plan_asks_for_ends_the_child(cap: int, place: int, kind: str) -> None:
    for count, outcome in ((cap, "returned"), (cap + 1, "crashed")):
        value = {"kind": kind, "values": [0.0] * count, "cut": True}
        answer = {"frame": "call", "observation": FORGED["observation"] | holding(value)[place]}
        seen = observed_from(b"".join(map(pack, (SYNTAX, LOAD, answer, LOAD_SECOND, SECOND))), max_values=cap)
        assert seen.calls[0].outcome == outcome


def test_what_is_noticed_is_kept_though_the_child_ends_without_an_answer() -> None:
    seen = observed_from(pack(SYNTAX) + pack({"frame": "noticed", "what": "looks"}))
    assert seen.noticed == ("looks",)
    assert [c.outcome for c in seen.calls] == ["crashed"] * 2


def test_a_flood_of_notices_ends_the_child() -> None:
    flood = b"".join(pack({"frame": "noticed", "what": str(n)}) for n in range(100))
    seen = observed_from(pack(SYNTAX) + flood + pack(LOAD) + pack(FORGED))
    assert len(seen.noticed) < 30
    assert "returned" not in {c.outcome for c in seen.calls}


def test_a_second_answer_is_never_taken() -> None:
    other = {"frame": "call", "observation": FORGED["observation"] | {"returned": {"kind": "number", "value": 1.0}}}
    seen = observed_from(b"".join(map(pack, (SYNTAX, LOAD, FORGED, other))))
    assert [numbers_in(c.returned) for c in seen.calls] == [[42.0], []]


def test_a_frame_that_would_fill_the_memory_is_refused() -> None:
    bomb = {"frame": "call", "observation": FORGED["observation"] | {
        "returned": {"kind": "sequence", "items": [{"kind": "none"}] * (MAX_FRAME_BYTES // 40)}}}  # fmt: skip
    seen = observed_from(b"".join(map(pack, (SYNTAX, LOAD, bomb))))
    assert seen.calls[0].outcome == "crashed"


def test_frames_that_would_fill_the_memory_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission_run, "MAX_SUBMISSION_MEMORY", 40_000)
    large = FORGED["observation"] | {"returned": {"kind": "text", "value": "x" * 4000}}
    frames = SYNTAX, LOAD, {"frame": "call", "observation": large}, LOAD_SECOND, {
        "frame": "call", "observation": large | {"exercise": "ex2"}}  # fmt: skip
    seen = observed_from(b"".join(map(pack, frames)))
    assert [c.outcome for c in seen.calls] == ["returned", "crashed"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
keys = st.sampled_from(["frame", "facts", "chosen", "load", "observation", "path", "outcome", "exercise", "call",
                        "returned", "kind", "value", "values", "items", "errors", "events", "graph"])  # fmt: skip
words = st.sampled_from(
    ["syntax", "load", "call", "changed", "noticed", "ex1", "ex2", "0", "returned", "ex1.py", "tensor"]
)
frame_like = st.recursive(
    json_values | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner | words, max_size=6),
    max_leaves=12,
)
any_frame = st.sampled_from([SYNTAX, LOAD, FORGED, SECOND]) | st.dictionaries(keys, frame_like, max_size=6)
sent = st.lists(any_frame, max_size=6)


@given(children=st.lists(sent, max_size=4))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_frame_makes_the_observer_raise_or_lose_a_call(children: list[list[dict[str, Any]]]) -> None:
    seen = observed_from(*(b"".join(map(pack, frames)) for frames in children))
    assert [(c.exercise, c.call) for c in seen.calls] == [("ex1", "0"), ("ex2", "0")]
    assert Observation.model_validate_json(seen.model_dump_json())


@given(st.binary(max_size=64))
@settings(max_examples=60, deadline=None)
def test_no_bytes_make_the_observer_raise(data: bytes) -> None:
    seen = observed_from(data, pack(SYNTAX) + data, pack(SYNTAX) + pack(LOAD) + data)
    assert len(seen.calls) == 2


def read_all(data: bytes, *, token: bytes = b"", max_bytes: int = 64, closed: bool = True) -> tuple[list[bytes], type]:
    """The frames in `data` and the error that ended them."""
    reading, writing = os.pipe()
    try:
        os.write(writing, data)
        if closed:
            os.close(writing)
        reader, frames = FrameReader(reading, max_bytes=max_bytes, token=token), []
        while True:
            try:
                frames.append(reader.read(time.monotonic() + 0.01))
            except (EOFError, BrokenFrameError, DeadlineError) as error:
                return frames, type(error)
    finally:
        os.close(reading)
        if not closed:
            os.close(writing)


@given(data=st.binary(max_size=300), closed=st.booleans(), token=st.binary(max_size=2))
@settings(deadline=None)
def test_bytes_are_frames_or_an_end_and_never_anything_else(data: bytes, *, closed: bool, token: bytes) -> None:
    frames, error = read_all(data, closed=closed, token=token)
    assert all(len(frame) <= 64 for frame in frames)
    assert error is not (DeadlineError if closed else EOFError)


@given(st.lists(st.dictionaries(st.text(max_size=3), st.integers(), max_size=2), max_size=5))
@settings(deadline=None)
def test_what_was_packed_is_read(messages: list[dict[str, int]]) -> None:
    frames, error = read_all(b"".join(pack(m, b"secret") for m in messages), token=b"secret", max_bytes=4096)
    assert [json.loads(frame) for frame in frames] == messages
    assert error is EOFError


def test_a_frame_without_the_token_is_broken() -> None:
    assert read_all(pack({}, b"guess!") + pack({}, b"secret"), token=b"secret") == ([], BrokenFrameError)


def test_a_frame_that_never_ends_meets_the_deadline() -> None:
    assert read_all(b"\0\0\0\x09half", closed=False) == ([], DeadlineError)


def test_an_overlong_frame_is_refused_before_it_is_read() -> None:
    assert read_all(b"\x7f\xff\xff\xff") == ([], BrokenFrameError)
