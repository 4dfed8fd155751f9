"""No frame of the allowed size costs the judge more than a second: the worst ones, built at the caps."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from autograd_grader.batch.grading import grade_together
from autograd_grader.model.observation import Observation
from autograd_grader.observe.host.answers import MAX_FRAME_BYTES, CallFrame, LoadFrame, SyntaxFrame, parse
from autograd_grader.report import RENDERERS

from .recorded import ALMA, ROSA

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograd_grader.course import Course

SECONDS = 1.0
"""Of the processor, for all that one frame costs beyond an honest submission."""
Data = dict[str, Any]

PATTERN = "leaf variable " * 42
NEAR = [f"single_variable_{n:044}" for n in range(50)]
ERROR = {"type": "RuntimeError", "bases": ["b" * 80] * 16, "message": PATTERN, "file": "f" * 1100, "line": 3}
TENSOR = {"kind": "tensor", "type": "T" * 80, "dtype": "float32", "shape": [64], "values": [1.5] * 64, "leaf": 0,
          "is_leaf": True, "requires_grad": True, "grad_fn": "g" * 80, "node": 0}  # fmt: skip
FULL = TENSOR | {"grad": TENSOR}
SEQUENCE = {"kind": "sequence", "type": "list", "length": 64}
NESTED = SEQUENCE | {"items": [SEQUENCE | {"items": [FULL] * 22}] * 22}
PAIRS = SEQUENCE | {"items": [SEQUENCE | {"length": 2, "items": [TENSOR, TENSOR]}] * 64}


def events(kind: str, **more: Any) -> Data:
    event = {"kind": kind, "name": "n" * 80, "file": "f" * 300, "line": 10**9, "tensors": [0] * 16, "output": 1,
             "value": 1.5, "requires_grad": True, "leaves": list(range(64)), "values": [1.5] * 16,
             "changes": [[n, "changed", 1.5] for n in range(16)]}  # fmt: skip
    return {"events": [event | more] * 2000}


GRAPH = {"graph": [{"name": "n" * 80, "next": list(range(200)), "leaf": 0}] * 200}
WORST: dict[str, Data] = {
    "messages": {"outcome": "raised", "error": ERROR},
    "nothing raised": {"outcome": "raised", "error": ERROR | {"message": "NoneType " * 60}, **events("grad-read")},
    "digits": {"printed": "7" * (1 << 14)},
    "underscores": {"printed": "1_" * (1 << 13)},
    "numbers": {"printed": "1 " * (1 << 13)},
    "commas": {"printed": "1," * (1 << 13)},
    "exponents": {"printed": "1e" * (1 << 13)},
    "signs": {"printed": "-" * (1 << 14)},
    "refused": {"refused": [f"{n}" + "r" * 190 for n in range(20)]},
    "nested items": {"returned": NESTED, "leaves": [FULL] * 16},
    "pairs": {"returned": PAIRS, **events("backward")},
    "pair": {"returned": SEQUENCE | {"length": 2, "items": [FULL, FULL]}, **GRAPH, **events("backward")},
    "triple": {"returned": SEQUENCE | {"length": 3, "items": [FULL] * 3}, **GRAPH, **events("grad", scaled=True)},
    "long text": {"returned": {"kind": "text", "value": "a b " * 1000}},
    **{f"events: {kind}": events(kind) for kind in ("leaf", "op", "forward", "grad-write", "item", "detach", "data",
                                                    "requires-grad", "step", "unseen", "failed-backward")},
    "failed": events("op", error="e" * 80),
}  # fmt: skip


def graded_in(course: Course, seen: Observation) -> float:
    started = time.process_time()
    (result,) = grade_together(course, [seen])
    for renderer in RENDERERS:
        "".join(part if isinstance(part, str) else "" for part in renderer.render(result))
    return time.process_time() - started


@pytest.fixture(scope="module")
def honest(course: Course) -> float:
    """What an honest submission costs, the least of three times."""
    return min(graded_in(course, ALMA) for _ in range(3))


def cost(course: Course, honest: float, frame: Data, put: Callable[[Any], Observation]) -> float:
    body = json.dumps(frame).encode()
    assert len(body) <= MAX_FRAME_BYTES
    started = time.process_time()
    parsed = parse(body)
    took = time.process_time() - started
    # The same in every call: what one frame costs is at most a part of this.
    return took + min(graded_in(course, put(parsed)) for _ in range(2)) - honest


@pytest.mark.parametrize("name", WORST)
def test_no_call_costs_the_judge_a_second(course: Course, honest: float, name: str) -> None:
    def put(frame: Any) -> Observation:
        assert isinstance(frame, CallFrame)
        worst = frame.observation
        calls = [worst.model_copy(update={"exercise": c.exercise, "call": c.call}) for c in ALMA.calls]
        return ALMA.model_copy(update={"calls": tuple(calls), "changes": frame.changes})

    answer = {"exercise": "ex1", "call": "article", "outcome": "returned"} | WORST[name]
    frame = {"frame": "call", "observation": answer, "changes": [f"torch{n}" + "c" * 190 for n in range(10)]}
    assert cost(course, honest, frame, put) < SECONDS


def test_no_loaded_file_costs_the_judge_a_second(course: Course, honest: float) -> None:
    load = {"path": "p", "errors": [ERROR | {"cell": n} for n in range(20)], "printed": "1," * (1 << 13),
            "refused": [f"{n}" + "r" * 190 for n in range(20)]}  # fmt: skip

    def put(frame: Any) -> Observation:
        assert isinstance(frame, LoadFrame)
        loads = tuple(frame.load.model_copy(update={"path": each.path}) for each in ROSA.loads)
        gone = (call.model_copy(update={"outcome": "not-called"}) for call in ROSA.calls)
        return ROSA.model_copy(update={"loads": loads, "calls": tuple(gone)})

    assert cost(course, honest, {"frame": "load", "load": load}, put) < SECONDS


@pytest.mark.parametrize("found", [True, False])
def test_no_syntax_trees_cost_the_judge_a_second(course: Course, honest: float, *, found: bool) -> None:
    defined = {"kind": "function", "line": 1, "uses": [["backward", n] for n in range(400)], "text": "t" * 4000}
    names = [name for exercise in course.exercises for name in (*exercise.functions, *exercise.constants)]
    paths = [f"{n}" + "p" * 60 for n in range(500)]
    facts: list[Data] = [{"path": path, "names": NEAR, "reaches": ["r" * 60] * 20} for path in paths]
    facts[-1] |= {"defines": dict.fromkeys(names, defined), "errors": [{"type": "t", "message": PATTERN}] * 200}
    frame = {"frame": "syntax", "facts": facts, "chosen": dict.fromkeys(names, paths[::-1]) if found else {}}

    def put(frame: Any) -> Observation:
        assert isinstance(frame, SyntaxFrame)
        gone = (call.model_copy(update={"outcome": "not-called"}) for call in ALMA.calls)
        return ALMA.model_copy(update={"facts": frame.facts, "chosen": frame.chosen, "calls": tuple(gone)})

    assert cost(course, honest, frame, put) < SECONDS


def test_a_report_of_a_forged_submission_stays_small(course: Course) -> None:
    noise = tuple(f"torch{n}" + "c" * 190 for n in range(10)) * 40
    refused = tuple(f"{n}" + "r" * 190 for n in range(20))
    calls = tuple(call.model_copy(update={"refused": refused}) for call in ALMA.calls)
    (result,) = grade_together(course, [ALMA.model_copy(update={"changes": noise, "calls": calls})])
    pages = [renderer.render(result) for renderer in RENDERERS]
    assert sum(len("".join(page)) for page in pages if not isinstance(page, bytes)) < 1 << 20
