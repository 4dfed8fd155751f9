"""A call with autograd bent: a gradient that is autograd's follows the factor, a formula's does not move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograd_grader.model.plan import Call

from .seam import exercise, numbers_in, source_file

if TYPE_CHECKING:
    from .seam import Seam

BEND = 2.375

ENGINES = {
    "backward": "f.backward(); got = x.grad",
    "backward_seeded": "f.backward(torch.tensor(1.0)); got = x.grad",
    "torch.autograd.backward": "torch.autograd.backward(f); got = x.grad",
    "torch.autograd.backward_inputs": "torch.autograd.backward([f], inputs=[x]); got = x.grad",
    "torch.autograd.grad": "got, = torch.autograd.grad(f, x)",
    "create_graph": "got, = torch.autograd.grad(f, x, create_graph=True)",
    "torch.func.grad": "got = torch.func.grad(square)(x.detach())",
    "torch.func.vjp": "got = torch.func.vjp(square, x.detach())[1](torch.tensor(1.0))[0]",
    "torch.func.jvp": "got = torch.func.jvp(square, (x.detach(),), (torch.tensor(1.0),))[1]",
    "torch.func.jacrev": "got = torch.func.jacrev(square)(x.detach())",
    "torch.func.jacfwd": "got = torch.func.jacfwd(square)(x.detach())",
    "functional.jacobian": "got = torch.autograd.functional.jacobian(square, x.detach())",
    "functional.vjp": "got = torch.autograd.functional.vjp(square, x.detach())[1]",
    "forward_ad": "got = forward(x.detach())",
    "bound_early": "early(f); got = x.grad",
}

SOURCE = """
import torch
from torch.autograd import forward_ad

early = torch.autograd.backward

def square(x):
    return 7 * x**2

def forward(x):
    with forward_ad.dual_level():
        return forward_ad.unpack_dual(square(forward_ad.make_dual(x, torch.tensor(1.0)))).tangent

def f(x0):
    x = torch.tensor(x0, requires_grad=True)
    f = square(x)
    {engine}
    return got, 14 * x0
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_the_bend_multiplies_autograds_gradient_and_leaves_a_formulas_alone(seam: Seam, engine: str) -> None:
    source = SOURCE.format(engine=ENGINES[engine])
    assert numbers_in(seam.returned(source, 3.0, bend=BEND)) == pytest.approx([42 * BEND, 42.0])


def test_a_call_after_a_bent_one_is_straight(seam: Seam) -> None:
    source = SOURCE.format(engine=ENGINES["backward"])
    calls = [Call(id="bent", function="f", args=(3.0,), bend=BEND), Call(id="straight", function="f", args=(3.0,))]
    seen = seam.observe([source_file("ex1.py", source)], exercise(*calls))
    assert [numbers_in(c.returned)[0] for c in seen.calls] == pytest.approx([42 * BEND, 42.0])


def test_a_bend_accumulates_with_the_gradients(seam: Seam) -> None:
    source = """
        import torch
        def f(x0):
            x = torch.tensor(x0, requires_grad=True)
            out = []
            for _ in range(3):
                (x * x).backward()
                out.append(x.grad.item())
            return out
    """
    assert numbers_in(seam.returned(source, 1.0, bend=BEND)) == pytest.approx([2 * BEND, 4 * BEND, 6 * BEND])


def test_values_are_not_bent(seam: Seam) -> None:
    source = """
        import torch
        def f(x0):
            x = torch.tensor(x0, requires_grad=True)
            y = x * 3
            y.backward()
            return x, y
    """
    assert numbers_in(seam.returned(source, 2.0, bend=BEND)) == [2.0, 6.0]
