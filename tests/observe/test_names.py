"""What a name stands for is compared without touching it, and no change of a name is missed."""

from __future__ import annotations

import decimal
import platform
import types
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograd_grader.observe.child import name_table as names_module
from autograd_grader.observe.child.name_table import Names, entries, is_layout_known

KEYS = st.sampled_from(["a", "b", "c", "d", "e", 1, 2])
STEP = st.sampled_from(["set", "restore", "delete", "pop and put back", "fill"])


def apply(space: dict[Any, object], before: dict[Any, object], step: str, key: Any) -> None:
    if step == "set":
        space[key] = object()
    elif step == "restore" and key in before:
        space[key] = before[key]
    elif step == "delete":
        space.pop(key, None)
    elif step == "pop and put back" and key in space:
        space[key] = space.pop(key)
    elif step == "fill":
        space.update({f"{key} {n}": object() for n in range(40)})


@pytest.mark.parametrize("how", ["by memory", "name by name"])
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(STEP, KEYS), max_size=12), st.integers(1, 5))
def test_just_the_names_that_changed_are_told_whatever_is_done_to_a_dictionary(
    how: str, steps: list[tuple[str, Any]], count: int
) -> None:
    space: dict[Any, object] = dict(zip("abcde", map(object.__new__, [object] * count), strict=False))
    before = dict(space)
    names = Names(space)
    if how == "name by name":
        names._entries = b""
    for step, key in steps:
        apply(space, before, step, key)
        assert names.changed() == {k: space.get(k) for k, v in before.items() if space.get(k) is not v}


def test_modules_and_classes_are_compared_by_memory_and_not_name_by_name() -> None:
    if platform.python_implementation() != "CPython":
        pytest.skip("only CPython's layout is known")
    module = types.ModuleType("m")
    module.__dict__["x"] = decimal
    assert is_layout_known()
    assert all(Names(vars(space))._entries for space in (module, decimal.Decimal, decimal))


def test_where_the_layout_is_unknown_each_name_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names_module, "is_layout_known", lambda: False)
    space: dict[str, Any] = {"a": 1}
    names = Names(space)
    space["a"] = 2
    assert names._entries == b""
    assert names.changed() == {"a": 2}


def test_a_layout_that_is_read_wrongly_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    is_layout_known.cache_clear()
    monkeypatch.setattr(names_module, "entries", lambda space: entries(space)[:-8])
    assert not is_layout_known()
    is_layout_known.cache_clear()
