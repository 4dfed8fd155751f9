"""An honest answer's observation: values, gradients, leaves, the graph, events, and what was printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograd_grader.model.observation import Observation

from .seam import RIGHT, calls_of, exercise, numbers_in, source_file

if TYPE_CHECKING:
    from .seam import Seam


def test_a_leaf_comes_back_with_its_value_and_the_gradient_that_backward_filled(seam: Seam) -> None:
    z, f = seam.returned(RIGHT, 5.0).items
    assert (z.kind, z.dtype, z.shape, z.values) == ("tensor", "float32", (), (5.0,))
    assert z.is_leaf
    assert z.requires_grad
    assert z.grad is not None
    assert z.grad.values == (34.0,)
    assert z.grad_fn is None
    assert (f.values, f.is_leaf, f.grad_fn) == ((95.0,), False, "AddBackward0")


def test_the_graph_of_f_reaches_the_very_leaf_that_was_returned(seam: Seam) -> None:
    call = seam.call(RIGHT, 5.0)
    assert call.returned is not None
    z, f = call.returned.items
    assert f.node is not None
    reached, waiting = set(), [f.node]
    while waiting:
        node = waiting.pop()
        reached.add(node)
        waiting += call.graph[node].next
    accumulating = [call.graph[n] for n in reached if call.graph[n].leaf is not None]
    assert {node.leaf for node in accumulating} == {z.leaf}
    assert {node.name for node in accumulating} == {"AccumulateGrad"}
    assert sorted(call.graph[n].name for n in reached if call.graph[n].leaf is None) == [
        "AddBackward0", "MulBackward0", "MulBackward0", "PowBackward0",
    ]  # fmt: skip


def test_each_event_bears_the_line_it_came_from(seam: Seam) -> None:
    call = seam.call(RIGHT, 5.0)
    (backward,) = [e for e in call.events if e.kind == "backward"]
    assert (backward.file, backward.line) == ("ex1.py", 7)
    assert backward.leaves == (0,)
    assert backward.changes == ((0, "filled", 34.0),)
    assert not backward.scaled
    assert {e.line for e in call.events if e.kind == "op" and e.name in {"mul", "pow", "add"}} == {6}
    assert [e.line for e in call.events if e.kind == "grad-read"] == [8]


def test_zeroing_replacing_and_dropping_a_gradient_are_told_apart(seam: Seam) -> None:
    call = seam.call("""
        import torch
        def f():
            x = torch.tensor(2.0, requires_grad=True)
            (x * x).backward()
            x.grad.zero_()
            (x * x).backward()
            x.grad = torch.tensor(7.0)
            x.grad = None
    """)
    changes = [(event.line, *event.changes[0][1:]) for event in call.events if event.changes]
    assert changes == [(5, "filled", 4.0), (6, "zeroed", 0.0), (7, "changed", 4.0), (8, "replaced", 7.0),
                       (9, "dropped", None)]  # fmt: skip


def test_entries_that_are_one_tensor_bear_one_number(seam: Seam) -> None:
    pairs = seam.returned("""
        import torch
        def f():
            x = torch.tensor(2.0, requires_grad=True)
            out = []
            for _ in range(2):
                (x * x).backward()
                out.append((x.grad, x.grad.clone(), x.grad.detach()))
            return out
    """).items
    first, second = pairs
    assert first.items[0].object == second.items[0].object
    assert first.items[1].object != second.items[1].object
    assert first.items[2].memory == first.items[0].memory
    assert first.items[1].memory != first.items[0].memory


@pytest.mark.parametrize("how", ["print(34)", "sys.stderr.write('34')", "os.write(1, b'34')", "os.write(2, b'34')",
                                 "ctypes.CDLL(None).puts(b'34'); ctypes.CDLL(None).fflush(None)"])  # fmt: skip
def test_whatever_prints_is_caught(seam: Seam, how: str) -> None:
    call = seam.call(f"import sys, os, ctypes\ndef f():\n    {how}")
    assert call.printed.strip() == "34"
    assert not call.too_much_output


def test_what_one_call_prints_is_not_found_in_another(seam: Seam) -> None:
    first, second = seam.calls("print('loading')\ndef f(x): print('called with', x)", (1.0,), (2.0,))
    assert first.printed == "called with 1.0\n"
    assert second.printed == "called with 2.0\n"


def test_what_loading_prints_is_kept_apart(seam: Seam) -> None:
    seen = seam.observe([source_file("ex1.py", "print('loading')\ndef f(): pass")], exercise(*calls_of("f", ())))
    assert [load.printed for load in seen.loads] == ["loading\n"]
    assert seen.calls[0].printed == ""


def test_a_closed_or_replaced_stream_costs_no_more_than_its_own_output(seam: Seam) -> None:
    source = """
        import io, os, sys
        def f(how):
            if how == 1: sys.stdout.close()
            if how == 2: sys.stdout = io.StringIO()
            if how == 3: os.close(1)
            return how
    """
    for how in (1.0, 2.0, 3.0):
        calls = seam.calls(source, (how,), (0.0,))
        assert [numbers_in(call.returned) for call in calls] == [[how], [0.0]]


def test_an_exception_bears_its_type_its_words_and_the_students_line(seam: Seam) -> None:
    error = seam.call("import torch\ndef f():\n    x = torch.tensor(1.0)\n    x.backward()\n").error
    assert error is not None
    assert (error.type, error.file, error.line, error.entered) == ("RuntimeError", "ex1.py", 4, True)
    assert "does not require grad" in error.message
    assert error.bases[0] == "Exception"


def test_a_call_that_does_not_fit_has_entered_no_line(seam: Seam) -> None:
    error = seam.call("def f(a, b): pass", 1.0).error
    assert error is not None
    assert (error.type, error.entered, error.line) == ("TypeError", False, None)


def test_state_kept_between_calls_shows_in_the_repeated_call(seam: Seam) -> None:
    source = "calls = []\ndef f(x):\n    calls.append(x)\n    return sum(calls)"
    assert [numbers_in(c.returned) for c in seam.calls(source, (1.0,), (2.0,), (1.0,))] == [[1.0], [3.0], [4.0]]


def test_syntax_facts_are_taken_before_a_line_runs(seam: Seam) -> None:
    source = "import os\nos._exit(3)\ndef f():\n    raise NotImplementedError('write it')\n"
    seen = seam.observe([source_file("ex1.py", source)], exercise(*calls_of("f", ())))
    (facts,) = seen.facts
    assert facts.defines["f"].stub
    assert facts.defines["f"].line == 3
    assert [load.outcome for load in seen.loads] == ["crashed"]


def test_an_observation_survives_being_written_and_read(seam: Seam) -> None:
    source = RIGHT + "\nWHY = 'it\\ud800adds'\ndef g(): return [float('nan'), float('inf'), torch.tensor(float('nan'))]"
    plan = exercise(*calls_of("f", (5.0,)), constants=["WHY"]), exercise(*calls_of("g", ()), id="ex2")
    seen = seam.observe([source_file("ex1.py", source)], *plan)
    again = Observation.model_validate_json(seen.model_dump_json())
    assert repr(again) == repr(seen)
    assert again.calls[0] == seen.calls[0]


def test_a_constant_is_text_or_nothing(seam: Seam) -> None:
    for value, kept in (("'they add up'", "they add up"), ("3", None), ("[]", None), ("'\\ud800x'", "?x")):
        seen = seam.observe([source_file("ex1.py", f"WHY = {value}")], exercise(constants=["WHY"]))
        returned = seen.calls[0].returned
        assert (returned.value if returned else None) == kept
