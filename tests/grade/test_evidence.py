"""What graders read of an observation: calls as they are written, and numbers that are whole."""

from __future__ import annotations

import pytest

from autograd_grader.grade.evidence.numbers import is_printed, items_of, number_in, orders, rows_in
from autograd_grader.grade.evidence.written import written_call
from autograd_grader.model.observation import Value
from autograd_grader.model.plan import Call, TupleArgument, tensor


def row(*numbers: float, kind: str = "tuple") -> Value:
    items = tuple(Value(kind="number", type="float", value=number) for number in numbers)
    return Value(kind="sequence", type=kind, length=len(items), items=items)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (Call(id="a", function="f", args=(5.0, -2, 2.5)), "f(5, -2, 2.5)"),
        (Call(id="a", function="fit", args=([1, 2], tensor([1.0, 2.0])), kwargs={"lr": 0.1}),
         "fit([1, 2], tensor([1., 2.]), lr=0.1)"),
        (Call(id="a", function="f", args=(True, None, "a'b", TupleArgument(items=(1,)), TupleArgument(items=()))),
         "f(True, None, \"a'b\", (1,), ())"),
        (Call(id="a", function="f", args=(list(range(100)),)), "f([0, 1, 2, 3, 4, 5, …])"),
        (Call(id="a", function="f", args=("x" * 1000,)), f"f('{'x' * 39}…')"),
        (Call(id="a", function="f", args=(tensor(3, "int64"),)), "f(tensor(3, dtype=torch.int64))"),
        (Call(id="a", function="f", args=(tensor([[0.5]], requires_grad=True),)),
         "f(tensor([[0.5]], requires_grad=True))"),
    ],
)  # fmt: skip
def test_a_call_is_written_as_a_student_would(call: Call, text: str) -> None:
    assert written_call(call) == text


def test_numbers_of_which_only_the_first_were_kept_are_taken_for_no_whole() -> None:
    long = Value(kind="tensor", dtype="float32", shape=(1000,), values=(1.0,), cut=True)
    assert number_in(long) is None
    assert items_of(long) is None
    assert number_in(long.model_copy(update={"cut": False, "shape": (1,)})) == 1.0


def test_rows_have_the_length_asked_for_and_a_row_of_one_may_be_a_number() -> None:
    triples = row(kind="list").model_copy(update={"length": 2, "items": (row(1.0, 2.0, 3.0), row(4.0, 5.0, 6.0))})
    rows = rows_in(triples, 3)
    assert rows is not None
    assert [[number_in(value) for value in found] for found in rows] == [[1, 2, 3], [4, 5, 6]]
    assert rows_in(triples, 2) is None
    singles = rows_in(row(1.0, 2.0), 1)
    assert singles is not None
    assert [[number_in(value) for value in found] for found in singles] == [[1], [2]]


def test_orders_are_those_in_which_the_right_numbers_were_found() -> None:
    assert list(orders([3.0, 1.0, 2.0], [1.0, 2.0, 3.0], 1e-4)) == [(2, 0, 1)]
    assert list(orders([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], 1e-4)) == []
    assert list(orders([1.0, 2.0, None], [1.0, 2.0, 3.0], 1e-4)) == []
    assert len(list(orders([1.0] * 16, [1.0] * 16, 1e-4))) < 100


@pytest.mark.parametrize(("text", "shown"), [
    ("34.", True), ("34,0", True), (" ".join(["1"] * 49 + ["34"]), True), (" ".join(["1"] * 50 + ["34"]), False),
    ("34" + " 1" * 50, False), ("7" * 16_000 + " 34", True), ("1_" * 8000, False), ("1e" * 8000, False),
])  # fmt: skip
def test_a_number_is_printed_among_at_most_fifty(text: str, *, shown: bool) -> None:
    assert is_printed(text, 34.0) is shown
