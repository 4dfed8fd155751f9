"""A call that hangs, dies or floods costs itself and nothing else."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from autograd_grader.observe.frames import FrameReader
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.observer import Limits

from .seam import Seam, calls_of, exercise, numbers_in, source_file

if TYPE_CHECKING:
    from autograd_grader.observe.host.worker import Worker

DEADLY = {
    "os._exit": "os._exit(0)",
    "abort": "os.abort()",
    "segfault": "ctypes.string_at(0)",
    "kills_itself": "getattr(ctypes.CDLL(None), 'raise')(9)",
    "recursion_in_c": "sys.setrecursionlimit(10**9); g = lambda: list(map(lambda _: g(), [0])); g()",
}


def outcomes(seam: Seam, body: str, *arguments: float) -> list[str]:
    source = f"import ctypes, os, sys, time, threading, torch\ndef f(x):\n    if x != 1: return x\n    {body}\n"
    return [call.outcome for call in seam.calls(source, *((a,) for a in arguments))]


def test_a_call_that_hangs_is_timed_out_and_the_others_are_kept(warm: Worker) -> None:
    seam = Seam(SandboxObserver(warm, Limits(call=0.5)))
    assert outcomes(seam, "while True: pass", 0, 1, 2) == ["returned", "timed-out", "returned"]


NEVER_ENDS = {
    "sleeps": "time.sleep(60)",
    "waits": "threading.Event().wait()",
    "in_torch": "torch.ones(3000, 3000).matrix_power(10**9)",
    "catches_all": """
    while True:
        try:
            while True: pass
        except BaseException: pass""",
}


@pytest.mark.parametrize("how", NEVER_ENDS)
def test_no_kind_of_waiting_outlasts_the_deadline(warm: Worker, how: str) -> None:
    seam = Seam(SandboxObserver(warm, Limits(call=0.3)))
    assert outcomes(seam, NEVER_ENDS[how], 0, 1, 2) == ["returned", "timed-out", "returned"]


@pytest.fixture
def deadlines(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, float]]:
    """When each frame was waited for, and until when."""
    waits: list[tuple[float, float]] = []
    really = FrameReader.read

    def read(reader: FrameReader, deadline: float) -> bytes:
        waits.append((time.monotonic(), deadline))
        return really(reader, deadline)

    monkeypatch.setattr(FrameReader, "read", read)
    return waits


def test_a_function_that_hung_gets_less_time_from_then_on(warm: Worker, deadlines: list[tuple[float, float]]) -> None:
    seam = Seam(SandboxObserver(warm, Limits(call=2.0)))
    calls = seam.calls("def f(x):\n    while True: pass", *((float(n),) for n in range(6)))
    assert [c.outcome for c in calls] == ["timed-out"] * 6
    # Each child is waited for three times: for the syntax trees, for the file, and for the call that hangs.
    allowed = [round(until - since, 1) for since, until in deadlines]
    assert allowed[2::3] == [2.0, 0.5, 0.5, 0.5, 0.5, 0.5]


def test_a_file_that_hangs_costs_its_own_calls(warm: Worker) -> None:
    seam = Seam(SandboxObserver(warm, Limits(call=0.3)))
    files = [source_file("ex1.py", "def f(): return 1\nwhile True: pass"), source_file("ex2.py", "def g(): return 2")]
    seen = seam.observe(files, exercise(*calls_of("f", ())), exercise(*calls_of("g", ()), id="ex2", file="ex2.py"))
    assert [(load.path, load.outcome) for load in seen.loads] == [("ex1.py", "timed-out"), ("ex2.py", "loaded")]
    assert [c.outcome for c in seen.calls] == ["not-called", "returned"]


@pytest.mark.parametrize("how", DEADLY)
def test_a_call_that_kills_its_process_is_crashed_and_the_rest_go_on(seam: Seam, how: str) -> None:
    found = outcomes(seam, DEADLY[how], 0, 1, 2)
    assert found[::2] == ["returned", "returned"]
    assert found[1] == "crashed"


def test_how_the_process_ended_is_told(seam: Seam) -> None:
    source = "import os\ndef f(x): os._exit(7) if x else os.abort()"
    details = [call.detail for call in seam.calls(source, (1.0,), (0.0,))]
    assert details == ["it ended itself with exit code 7", "it was ended by SIGABRT"]


def test_endless_recursion_is_an_exception(seam: Seam) -> None:
    error = seam.call("def f(): return f()").error
    assert error is not None
    assert error.type == "RecursionError"


@pytest.mark.parametrize("raised", ["SystemExit(0)", "KeyboardInterrupt()", "GeneratorExit()", "BaseException('x')"])
def test_what_would_end_a_program_is_an_exception(seam: Seam, raised: str) -> None:
    error = seam.call(f"def f(): raise {raised}").error
    assert error is not None
    assert error.type == raised.partition("(")[0]


def test_memory_is_bounded(patient: Seam) -> None:
    source = "import torch\ndef f(x): return torch.ones(int(x)).sum() if x else [bytearray(1 << 28) for _ in range(99)]"
    calls = patient.calls(source, (0.0,), (1e12,), (1.0,))
    assert [c.error.type if c.error else c.outcome for c in calls] == ["MemoryError", "RuntimeError", "returned"]


def test_half_a_gigabyte_of_output_is_capped(patient: Seam) -> None:
    source = """
        import os
        def f(x):
            try:
                for _ in range(500):
                    os.write(1, b"x" * (1 << 20))
            except OSError:
                print("y" * 1000)
        def g(): print("quiet")
    """
    seen = patient.observe([source_file("ex1.py", source)], exercise(*calls_of("f", (0.0,)), *calls_of("g", ())))
    flood, quiet = seen.calls
    assert flood.too_much_output
    assert len(flood.printed) <= 1 << 14
    assert (quiet.printed, quiet.too_much_output) == ("quiet\n", False)


def test_a_million_operations_cut_the_recording_and_not_the_call(patient: Seam) -> None:
    source = """
        import torch
        def f():
            x = torch.tensor(0.0)
            for _ in range(100_000): x = x + 1
            return x
    """
    call = patient.call(source)
    assert call.events_cut
    assert len(call.events) <= 2000
    assert numbers_in(call.returned) == [100_000.0]


def test_a_graph_of_a_million_nodes_is_cut(patient: Seam) -> None:
    source = """
        import torch
        def f():
            x = y = torch.tensor(1.0, requires_grad=True)
            for _ in range(100_000): y = y + 1
            y.backward()
            return x, y
    """
    call = patient.call(source)
    assert call.outcome == "returned"
    assert len(call.graph) <= 200


def test_the_submissions_own_deadline_ends_it(warm: Worker, deadlines: list[tuple[float, float]]) -> None:
    seam = Seam(SandboxObserver(warm, Limits(call=0.2)))
    names = [f"f{n}" for n in range(12)]
    source = "".join(f"def {name}():\n    while True: pass\n" for name in names)
    seen = seam.observe([source_file("ex1.py", source)], exercise(*(c for n in names for c in calls_of(n, ()))))
    first, last = min(until for _, until in deadlines), max(until for _, until in deadlines)
    assert last - first <= Limits(call=0.2).submission
    assert {c.outcome for c in seen.calls} == {"timed-out"}
    assert len(seen.calls) == 12


def test_a_file_no_parser_can_read_ends_quickly(patient: Seam) -> None:
    for source in ("(" * 100_000, "-" * 200_000 + "1", "x = " + "[" * 5_000 + "]" * 5_000, "\0", "a.b" * 50_000):
        seen = patient.observe([source_file("ex1.py", source)], exercise(*calls_of("f", ())))
        assert seen.calls[0].outcome in {"not-called", "crashed"}


LEFT_TICKING = {
    "timer": "import signal; signal.setitimer(signal.ITIMER_REAL, 0.01)",
    "thread": """
import os, threading, time
def die():
    time.sleep(0.02)
    os._exit(1)
threading.Thread(target=die, daemon=True).start()""",
    "low_thread": """
import _thread, os, time
_thread.start_new_thread(lambda: (time.sleep(0.02), os._exit(1)), ())""",
    "in_c": """
import ctypes
ctypes.CDLL(None).ualarm(10_000, 0)""",
}


@pytest.mark.parametrize("left", LEFT_TICKING)
def test_what_one_file_leaves_ticking_does_not_take_another_with_it(seam: Seam, left: str) -> None:
    files = [source_file("ex1.py", f"{LEFT_TICKING[left]}\ndef f(): return 1"),
             source_file("ex2.py", "import time\ndef g():\n    time.sleep(0.1)\n    return 2")]  # fmt: skip
    seen = seam.observe(files, exercise(*calls_of("f", ())), exercise(*calls_of("g", ()), id="ex2", file="ex2.py"))
    assert [(load.path, load.outcome) for load in seen.loads][-1] == ("ex2.py", "loaded")
    assert numbers_in(seen.calls[1].returned) == [2.0]
