"""The event list: what autograd did, whatever code did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from autograd_grader.model.observation import CallObservation, Event

    from .seam import Seam


def recorded(seam: Seam, body: str) -> CallObservation:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return seam.call("import torch\nimport numpy as np\ndef f(z0=5.0):\n" + lines + "\n    return None\n")


def of_kind(call: CallObservation, kind: str) -> list[Event]:
    return [event for event in call.events if event.kind == kind]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("z.item()", "item"),
        ("float(z)", "item"),
        ("z.tolist()", "item"),
        ("z.detach()", "detach"),
        ("z.data", "data"),
        ("z.data = torch.tensor(1.0)", "data-write"),
        ("z.detach().numpy()", "numpy"),
        ("np.asarray(z.detach())", "numpy"),
        ("z.requires_grad_(False)", "requires-grad"),
        ("z.grad", "grad-read"),
        ("z.grad = torch.tensor(1.0)", "grad-write"),
        ("z.grad = None", "grad-write"),
        ("torch.autograd.grad(3 * z, z)", "grad"),
        ("(3 * z).backward()", "backward"),
        ("torch.autograd.backward(3 * z)", "backward"),
        ("with torch.no_grad(): z * 2", "grad-mode"),
        ("torch.set_grad_enabled(False)", "grad-mode"),
        ("torch.func.jvp(lambda t: 3 * t, (z.detach(),), (torch.tensor(1.0),))", "forward"),
        ("(3 * z).retain_grad()", "retain-grad"),
    ],
)
def test_what_touches_a_gradient_or_leaves_the_graph_is_an_event_with_its_line(
    seam: Seam, line: str, kind: str
) -> None:
    call = recorded(seam, f"z = torch.tensor(z0, requires_grad=True)\n{line}")
    (event, *_) = of_kind(call, kind)
    assert event.line == 5


@pytest.mark.parametrize("maker", ["torch.tensor(z0, requires_grad=True)", "torch.full((), z0, requires_grad=True)"])
def test_a_leaf_that_is_made_is_an_event_of_its_own(seam: Seam, maker: str) -> None:
    (leaf,) = of_kind(recorded(seam, f"z = {maker}"), "leaf")
    assert (leaf.line, leaf.value, leaf.leaves) == (4, 5.0, (0,))


def test_an_optimizers_step_and_its_zeroing_are_seen_with_what_they_left_in_grad(patient: Seam) -> None:
    body = """z = torch.tensor(z0, requires_grad=True)
optimizer = torch.optim.SGD([z], lr=0.1)
(3 * z).backward()
optimizer.step()
optimizer.zero_grad(set_to_none=False)
(3 * z).backward()
optimizer.zero_grad()"""
    call = recorded(patient, body)
    assert [(e.name, e.line) for e in of_kind(call, "step")] == [("SGD", 7)]
    changes = [(e.line, change, value) for e in call.events for _, change, value in e.changes]
    assert changes == [(6, "filled", 3.0), (8, "zeroed", 0.0), (9, "changed", 3.0), (10, "dropped", None)]


@pytest.mark.parametrize("zeroing", ["z.grad.data.zero_()", "z.grad.data *= 0", "z.grad.numpy()[...] = 0; z.grad"])
def test_zeroing_through_shared_memory_is_seen(seam: Seam, zeroing: str) -> None:
    call = recorded(seam, f"z = torch.tensor(z0, requires_grad=True)\n(3 * z).backward()\n{zeroing}")
    assert [change for event in call.events for _, change, _ in event.changes] == ["filled", "zeroed"]


@pytest.mark.parametrize("writing", ["torch.mul(z.detach(), 0.0, out=z.grad)", "torch.mul(z.grad, 0.0, out=z.grad)"])
def test_a_gradient_that_an_operation_writes_into_is_noted_with_that_operation(seam: Seam, writing: str) -> None:
    call = recorded(seam, f"z = torch.tensor(z0, requires_grad=True)\n(3 * z).backward()\n{writing}\nz + 1")
    (zeroed,) = [event for event in call.events if any(kind == "zeroed" for _, kind, _ in event.changes)]
    assert (zeroed.name, zeroed.line) == ("mul", 6)


def test_a_walk_says_which_leaves_it_reached_and_what_it_added(seam: Seam) -> None:
    body = """x = torch.tensor(z0, requires_grad=True)
y = torch.tensor(2.0, requires_grad=True)
f = x * y
f.backward(retain_graph=True)
f.backward()
g = 2 * y
g.backward()"""
    walks = of_kind(recorded(seam, body), "backward")
    assert [walk.leaves for walk in walks] == [(0, 1), (0, 1), (1,)]
    assert [walk.changes for walk in walks] == [
        ((0, "filled", 2.0), (1, "filled", 5.0)),
        ((0, "changed", 4.0), (1, "changed", 10.0)),
        ((1, "changed", 12.0),),
    ]


def test_two_names_of_one_tensor_are_one_leaf_and_a_new_tensor_is_another(seam: Seam) -> None:
    body = """for _ in range(3):
    x = torch.tensor(z0, requires_grad=True)
    same = x
    (x * same).backward()"""
    walks = of_kind(recorded(seam, body), "backward")
    assert [walk.leaves for walk in walks] == [(0,), (1,), (2,)]


def test_a_gradient_that_was_assigned_is_no_backward(seam: Seam) -> None:
    call = recorded(seam, "z = torch.tensor(z0, requires_grad=True)\nz.grad = torch.tensor(34.0)")
    (write,) = of_kind(call, "grad-write")
    assert write.changes == ((0, "filled", 34.0),)
    assert not of_kind(call, "backward")


def test_what_fails_is_noted_with_its_error_and_the_graph_it_failed_on(seam: Seam) -> None:
    body = "z = torch.tensor(z0, requires_grad=True)\nf = 3 * z**2\nf.backward()\nf.backward()"
    call = recorded(seam, body)
    first, second = of_kind(call, "backward")
    assert (first.error, second.error, second.line) == (None, "RuntimeError", 7)


def test_any_program_can_be_recorded(patient: Seam) -> None:
    body = """torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
for step in range(3):
    optimizer.zero_grad()
    loss = net(torch.ones(4, 2)).pow(2).mean()
    loss.backward()
    optimizer.step()"""
    call = recorded(patient, body)
    assert call.outcome == "returned"
    assert [len(walk.leaves) for walk in of_kind(call, "backward")] == [4, 4, 4]
    assert len(of_kind(call, "step")) == 3


def test_a_million_operations_are_cut_off_with_a_note_and_cost_no_time_out(patient: Seam) -> None:
    call = recorded(patient, "z = torch.tensor(z0, requires_grad=True)\nfor _ in range(300_000): z.detach()")
    assert call.outcome == "returned"
    assert call.events_cut
    assert len(call.events) <= 2000


def test_a_call_after_one_that_was_cut_off_is_recorded_again(patient: Seam) -> None:
    source = """
        import torch
        def f(z0=5.0):
            z = torch.tensor(z0, requires_grad=True)
            for _ in range(int(z0)):
                z * 2
    """
    assert [call.events_cut for call in patient.calls(source, (9000.0,), (3.0,))] == [True, False]
