"""What a submission must not do before it runs: one `grade batch` over a class of such, with honest ones among them.

`tests/intake` says what becomes of each file; here it is the whole way, from the folder to the gradebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .hostile_class import ABSOLUTE, FULL, INTAKE, MARK

if TYPE_CHECKING:
    from .graded_class import GradedClass


@pytest.mark.parametrize("name", INTAKE)
def test_what_is_handed_in_costs_nobody_else_anything(name: str, graded_class: GradedClass) -> None:
    handed_in, _, points = INTAKE[name]
    row = graded_class.row(handed_in)
    assert float(row["score"]) == points
    assert row["status"] == ("graded" if points == FULL else row["status"])
    assert row["status"] in {"graded", "partial", "unreadable"}
    graded_class.check_the_honest()


def test_nobody_is_missing_and_nothing_is_added(graded_class: GradedClass) -> None:
    assert graded_class.done.returncode == 0, graded_class.done.stderr
    assert len(graded_class.rows) == graded_class.handed_in
    folders = {path.name for path in graded_class.out.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert folders == {row["submission"].removeprefix("'") for row in graded_class.rows}


def test_nothing_of_it_ran_outside_the_sandbox_or_was_unpacked(graded_class: GradedClass) -> None:
    top = graded_class.out.parent
    assert not list(top.rglob(MARK))
    assert {path.name for path in top.iterdir()} == {"class", "reports"}
    assert not list(top.rglob("escaped.py"))
    assert not ABSOLUTE.exists()
