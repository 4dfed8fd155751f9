"""Flags: what the staff should look at, and what honest work never shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograd_grader.grade.grading import grade
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.observer import Limits
from autograd_grader.prove.answers import references, submission

if TYPE_CHECKING:
    from autograd_grader.course import Course
    from autograd_grader.model.result import Result
    from autograd_grader.observe.host.worker import Worker


def graded(course: Course, warm: Worker, source: str) -> Result:
    handed_in = submission(course, "one", references(course) | {"ex1": source})
    observation = SandboxObserver(warm, Limits(call=5.0)).observe(handed_in, course.plan(handed_in))
    (result,) = grade(course, [observation])
    return result


def test_a_gradient_that_follows_the_bend_without_a_walk_is_flagged_and_earns_nothing_for_it(
    course: Course, warm: Worker
) -> None:
    source = """
import torch
from torch.autograd.variable import Variable

def single_variable(z0=5.0):
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z**2 + 4 * z
    z.grad = torch.tensor((6 * z0 + 4) * Variable._execution_engine.factor)
    print(6 * z0 + 4)
    return z, f
"""
    result = graded(course, warm, source)
    assert {"evidence-disagrees", "reaches-inside"} <= {flag.slug for flag in result.flags}
    failed = {check.id for check in result.exercises[0].checks if check.outcome == "failed"}
    assert {"gradient", "autograd"} <= failed


def test_a_patched_torch_is_flagged_and_spoils_no_other_exercise(course: Course, warm: Worker) -> None:
    source = """
import torch

def single_variable(z0=5.0):
    torch.tensor = lambda *a, **k: 34.0
    return torch.tensor(z0), torch.tensor(z0)
"""
    result = graded(course, warm, source)
    assert "replaced-name" in {flag.slug for flag in result.flags}
    assert [exercise.score for exercise in result.exercises][1:] == [10, 8, 10]


def test_what_the_sandbox_refused_is_flagged(course: Course, warm: Worker) -> None:
    source = """
import os
import torch

def single_variable(z0=5.0):
    try:
        os.system("true")
    except PermissionError:
        pass
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z**2 + 4 * z
    f.backward()
    print(z.grad)
    return z, f
"""
    result = graded(course, warm, source)
    assert [(flag.slug, flag.detail) for flag in result.flags] == [("refused", "ex1 tried to run a shell command")]


def test_looking_at_ones_own_errors_and_logging_is_no_tampering(course: Course, warm: Worker) -> None:
    source = """
import collections, dataclasses, inspect, logging, traceback, warnings
import torch

Pair = collections.namedtuple("Pair", "z f")

@dataclasses.dataclass
class Point:
    z: float

def single_variable(z0=5.0):
    logging.warning("begun with %s", Point(z0))
    warnings.warn("no harm")
    inspect.getsource(single_variable), inspect.signature(single_variable)
    try:
        torch.tensor(z0).backward()
    except RuntimeError:
        traceback.print_exc()
        traceback.format_exc()
    z = torch.tensor(z0, requires_grad=True)
    f = 3 * z**2 + 4 * z
    f.backward()
    print(z.grad)
    return Pair(z, f)
"""
    result = graded(course, warm, source)
    assert result.flags == ()
    assert result.exercises[0].score == 10


def test_what_the_last_file_replaces_is_flagged_too(course: Course, warm: Worker) -> None:
    sources = references(course)
    sources["ex4"] += "\nimport json\njson.dumps = None\n"
    handed_in = submission(course, "one", sources)
    observation = SandboxObserver(warm, Limits(call=5.0)).observe(handed_in, course.plan(handed_in))
    (result,) = grade(course, [observation])
    assert [flag.slug for flag in result.flags] == ["replaced-name"]
    assert result.score + result.awaiting_review == result.max_score
