"""Of a tensor or an array as many numbers are observed as the plan asks for, and what was cut says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from autograd_grader.grade.evidence.numbers import items_of, number_in
from autograd_grader.model.plan import HIGHEST_MAX_VALUES

from .seam import calls_of, exercise, source_file

if TYPE_CHECKING:
    from autograd_grader.model.observation import CallObservation, Value

    from .seam import Seam


def call(seam: Seam, expression: str, max_values: int) -> CallObservation:
    """What came of a function that returns `expression`."""
    source = f"import numpy as np\nimport torch\ndef f(): return {expression}"
    plan = exercise(*calls_of("f", ())).model_copy(update={"max_values": max_values})
    (seen,) = seam.observe([source_file("ex1.py", source)], plan).calls
    return seen


def returned(seam: Seam, expression: str, max_values: int) -> Value:
    seen = call(seam, expression, max_values)
    assert seen.returned is not None, seen.error or seen.detail
    return seen.returned


@pytest.mark.parametrize(("expression", "shape"), [
    ("torch.arange({n}.0)", (100,)),
    ("torch.arange({n}, dtype=torch.int32).reshape(4, 25)", (4, 25)),
    ("torch.arange({n}.0).reshape(25, 4).t().contiguous().t()", (25, 4)),
    ("torch.arange({n}.0, dtype=torch.float16).reshape(1, 2, 5, 10)", (1, 2, 5, 10)),
    ("np.arange({n}.0)", (100,)),
    ("np.asfortranarray(np.arange({n}).reshape(10, 10))", (10, 10)),
])  # fmt: skip
@pytest.mark.parametrize("cap", [1, 7, 64, 99, 100, HIGHEST_MAX_VALUES])
def test_the_first_numbers_up_to_the_cap_are_kept_row_by_row(
    seam: Seam, expression: str, shape: tuple[int, ...], cap: int
) -> None:
    value = returned(seam, expression.format(n=100), cap)
    assert value.values == tuple(map(float, range(min(cap, 100))))
    assert value.shape == shape
    assert value.cut is (cap < 100)


@pytest.mark.parametrize("expression", [
    "torch.ones(1).expand(10**12)", "torch.ones(()).expand(10**6, 10**6)",
    "torch.empty(10**8).reshape(10**4, 10**4).t()", "np.broadcast_to(np.float64(1.0), (10**6, 10**6))",
])  # fmt: skip
def test_the_beginning_of_a_huge_tensor_is_read_without_a_copy_of_it(seam: Seam, expression: str) -> None:
    value = returned(seam, expression, 5)
    assert value.values is not None
    assert (len(value.values), value.cut) == (5, True)


def test_a_tensor_as_long_as_the_cap_and_its_gradient_are_whole(seam: Seam) -> None:
    source = "[x for x in [torch.ones(300, requires_grad=True)] if (2 * x).sum().backward() is None][0]"
    value = returned(seam, source, 300)
    assert value.grad is not None
    assert (value.values, value.grad.values) == ((1.0,) * 300, (2.0,) * 300)
    assert not value.cut
    assert not value.grad.cut


def test_a_cut_value_is_taken_for_no_number_and_for_no_rows(seam: Seam) -> None:
    value = returned(seam, "torch.ones(4, 25)", 1)
    assert value.cut
    assert number_in(value) is None
    assert items_of(value) is None


def test_all_tensors_together_fit_into_one_answer(seam: Seam) -> None:
    seen = call(seam, "[torch.full((4096,), -1.2345678e-30, dtype=torch.float64) for _ in range(64)]", 4096)
    assert seen.outcome == "returned", seen.detail
    assert seen.returned is not None
    kept: list[Any] = [item.values for item in seen.returned.items]
    assert len(kept) == 64
    assert [item.cut for item in seen.returned.items] == [len(values) < 4096 for values in kept]
    assert not seen.returned.items[0].cut
    assert seen.returned.items[-1].cut
