"""What is drawn for calls: the same from the same seed, and of the kind that was asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograd_grader.course import Draw


@given(st.text(max_size=8), st.integers(0, 200))
def test_a_row_of_data_lies_within_its_bounds_and_is_exact_in_half_precision(seed: str, count: int) -> None:
    row = Draw(seed).row(count, -2.0, 3.5)
    assert len(row) == count
    assert all(-2.0 <= number <= 3.5 and (number * 16).is_integer() for number in row)
    assert row == Draw(seed).row(count, -2.0, 3.5)


@given(st.text(max_size=8))
def test_an_integer_and_a_choice_are_of_what_was_offered(seed: str) -> None:
    draw = Draw(seed)
    assert draw.integer(2, 5) in range(2, 6)
    assert draw.choice(["adam", "sgd"]) in ("adam", "sgd")


def test_numbers_that_do_not_exist_are_not_looked_for_without_end() -> None:
    with pytest.raises(ValueError, match="draw data with `row`"):
        Draw("seed").numbers(61)
