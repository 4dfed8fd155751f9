"""Observations that no honest child sends, and values that look harmless: graded like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograd_grader.grade.evidence.numbers import items_of
from autograd_grader.grade.grading import grade
from autograd_grader.model.observation import CallObservation, Node, Observation, Value
from autograd_grader.prove.answers import references, submission

if TYPE_CHECKING:
    from autograd_grader.course import Course

ODD_GRAPH = (Node(name="AddBackward0", next=(-9, 2**62)),)
"""A graph that leads to nodes which it does not have."""


def observation(course: Course, *calls: CallObservation, path: str = "x.py") -> Observation:
    """Ada's, with every function in one file and these calls."""
    handed_in = submission(course, "ada", references(course))
    chosen: dict[str, tuple[str, ...]] = {name: (path,) for exercise in course.exercises for name in exercise.functions}
    plan = course.plan(handed_in)
    return Observation(submission="ada", origin="ada", digest="0", plan=plan, chosen=chosen, calls=calls)


def test_a_tensor_of_countless_empty_rows_is_no_sequence() -> None:
    # As `torch.empty(10**15, 0)`, which takes no memory; its rows, counted one by one, took all there is.
    assert items_of(Value(kind="tensor", dtype="float32", shape=(100_000, 0), values=())) is None


def test_a_file_that_is_named_like_a_cell_keeps_its_name(course: Course) -> None:
    (result,) = grade(course, [observation(course, path="x.py#²")])
    assert {(d.file, d.cell) for d in result.exercises[0].diagnoses} == {("x.py#²", None)}


def test_a_graph_that_leads_out_of_itself_is_walked_as_far_as_it_goes(course: Course) -> None:
    f = Value(kind="tensor", dtype="float32", shape=(), values=(95.0,), node=0)
    pair = Value(kind="sequence", type="tuple", length=2, items=(f.model_copy(update={"is_leaf": True}), f))
    call = CallObservation(exercise="ex1", call="article", outcome="returned", returned=pair, graph=ODD_GRAPH)
    calls = [call.model_copy(update={"call": name}) for name in ("article", "drawn", "other", "bent", "again")]
    (result,) = grade(course, [observation(course, *calls)])
    assert [flag for flag in result.flags if flag.slug.startswith("broken-")] == []
