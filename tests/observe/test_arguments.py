"""Arguments of every kind reach the function as the plan has them, anew for each call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from autograd_grader.model.plan import Argument, Call, tensor

from .seam import exercise, source_file, texts_in

if TYPE_CHECKING:
    from autograd_grader.model.observation import CallObservation

    from .seam import Seam

SHOWS = "def f(*args, **kwargs): return [repr(args), repr(sorted(kwargs.items()))]"


def calls(seam: Seam, source: str, *planned: Call) -> tuple[CallObservation, ...]:
    """What came of calls of the function `f` in `source`."""
    return seam.observe([source_file("ex1.py", source)], exercise(*planned)).calls


def planned(*args: Argument, id: str = "0", **kwargs: Argument) -> Call:  # noqa: A002
    """A call of `f`."""
    return Call(id=id, function="f", args=args, kwargs=kwargs)


@pytest.mark.parametrize("value", [
    1, 2.5, True, None, "a text", "\u00e9\n", [], [1, [2.0, "x", None]], (), (1, 2.0), [(1,), [(2, [3])]],
])  # fmt: skip
def test_an_argument_is_what_the_plan_has_by_position_and_by_name(seam: Seam, value: Any) -> None:
    (call,) = calls(seam, SHOWS, planned(value, name=value))
    assert call.returned is not None
    assert texts_in(call.returned) == [repr((value,)), repr([("name", value)])]


@pytest.mark.parametrize(("argument", "shown"), [
    (tensor(1.5), "tensor(1.5000)"),
    (tensor([[1, 2], [3, 4]], "int64"), "tensor([[1, 2],\n        [3, 4]])"),
    (tensor([1.5], "float16"), "tensor([1.5000], dtype=torch.float16)"),
    (tensor([1.0, 2.0], "float64", requires_grad=True), "tensor([1., 2.], dtype=torch.float64, requires_grad=True)"),
])  # fmt: skip
def test_a_tensor_has_the_dtype_shape_and_requires_grad_of_the_plan(seam: Seam, argument: Any, shown: str) -> None:
    source = "def f(t, inner): return [repr(t), repr(inner[0][0]), repr(inner[0][0] is t)]"
    (call,) = calls(seam, source, planned(argument, cast("Argument", [(argument,)])))
    assert call.returned is not None
    assert texts_in(call.returned) == [shown, shown, "False"]


TRAINS = """
def f(w, x):
    loss = ((w * x - 1) ** 2).sum()
    loss.backward()
    return loss, w
"""


def test_a_tensor_that_requires_grad_is_a_leaf_whose_gradient_is_followed_and_its_making_is_no_event(
    seam: Seam,
) -> None:
    (call,) = calls(seam, TRAINS, planned(tensor([2.0, 3.0], requires_grad=True), tensor([1.0, 1.0])))
    assert [event.kind for event in call.events][-1] == "backward"
    assert {event.kind for event in call.events} == {"op", "backward"}
    assert call.events[-1].leaves == (0,)
    assert [change[:2] for change in call.events[-1].changes] == [(0, "filled")]
    assert call.returned is not None
    weight = call.returned.items[1]
    assert (weight.leaf, weight.is_leaf, weight.values) == (0, True, (2.0, 3.0))
    assert weight.grad is not None
    assert weight.grad.values == (2.0, 4.0)
    assert call.leaves[0].values == (2.0, 3.0)


def test_leaves_among_the_arguments_are_numbered_in_their_order(seam: Seam) -> None:
    source = "def f(a, *, b): return [b, a]"
    leaf = [tensor(n, requires_grad=True) for n in (1.0, 2.0)]
    (call,) = calls(seam, source, Call(id="0", function="f", args=(leaf[0],), kwargs={"b": leaf[1]}))
    assert call.returned is not None
    assert [item.leaf for item in call.returned.items] == [1, 0]
    assert [value.values for value in call.leaves] == [(1.0,), (2.0,)]


SPOILS = """
import torch
torch.set_default_dtype(torch.float64)
torch.set_default_device("meta")
torch.tensor = torch.float32 = None
torch.inference_mode(True).__enter__()
held = []

def f(numbers, row):
    held.append((numbers, row))
    seen = [str(numbers), str(row.tolist()), str(row.dtype), str(row.requires_grad), str(row.grad)]
    numbers.append(4)
    row.data.fill_(7)
    row.grad = row.data.clone()
    return seen
"""


def test_what_student_code_does_to_its_arguments_or_to_torch_changes_no_later_call(seam: Seam) -> None:
    arguments: tuple[Any, ...] = ([1, 2], tensor([1.0, 2.0], requires_grad=True))
    seen = calls(seam, SPOILS, *(planned(*arguments, id=str(n)) for n in range(3)))
    assert [call.outcome for call in seen] == ["returned"] * 3, seen[0].error
    texts = [texts_in(call.returned) for call in seen if call.returned]
    assert texts == [["[1, 2]", "[1.0, 2.0]", "torch.float32", "True", "None"]] * 3


def test_a_call_without_the_arguments_that_it_needs_has_a_wrong_signature(seam: Seam) -> None:
    (call,) = calls(seam, "def f(a): return a", planned(b=1))
    assert call.error is not None
    assert (call.error.type, call.error.entered) == ("TypeError", False)
