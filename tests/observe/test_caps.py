"""Honest work with something very long in it: a child keeps the beginning, and no call is lost."""

from __future__ import annotations

import pytest

from .seam import Seam, calls_of, exercise, source_file

LONG = "x" * 5000
RETURNS = "def f():\n    return 1\n"


@pytest.mark.parametrize("source", [
    f"def {LONG}():\n    return 1\n{RETURNS}",
    f"def f():\n    {LONG} = 1\n    return {LONG}\n",
    f"import torch\nsetattr(torch, '{LONG}', 1)\n{RETURNS}",
    f"class {LONG}: pass\ndef f(): return {LONG}()\n",
    f"def f(): return '{LONG}'\n",
    f"def f(): print('{LONG}' * 20)\n",
    f"import torch\ndef f(): return torch.tensor(1.0).requires_grad_(), '{LONG}'\n",
])  # fmt: skip
def test_a_long_name_or_text_costs_no_call(seam: Seam, source: str) -> None:
    assert seam.call(source).outcome == "returned"


@pytest.mark.parametrize("source", [
    f"def f(): raise ValueError('{LONG}')\n",
    f"class {LONG}(Exception): pass\nclass B({LONG}): pass\ndef f(): raise B\n",
    "def f(): raise SyntaxError('m', ('name', 10**400, 1, 'text'))\n",
    f"def f(): raise SyntaxError('m', ('{LONG}', 3, 1, 'text'))\n",
])  # fmt: skip
def test_a_long_exception_is_raised_as_any(seam: Seam, source: str) -> None:
    call = seam.call(source)
    assert call.outcome == "raised"
    assert call.error is not None


def test_a_long_explanation_in_a_file_that_fails_keeps_its_beginning(seam: Seam) -> None:
    files = [source_file("ex1.py", f"WHY = 'because {LONG}'\nraise ValueError\n")]
    seen = seam.observe(files, exercise(*calls_of("f", ()), constants=["WHY"]))
    text = seen.facts[0].defines["WHY"].text
    assert text is not None
    assert (text[:8], len(text)) == ("because ", 4000)
