"""Goes through what every child does, before any is forked: they inherit it warm.

CPython rewrites the code of what runs often for the types that it meets (PEP 659), and torch sets up much at its first
use. A child lives too short to gain by either: it would pay for both, and for the copies of the pages that they change.
"""

from __future__ import annotations

import linecache
from typing import Any

from autograd_grader.observe import frames
from autograd_grader.observe.child.confine.audit_hook import AuditHook
from autograd_grader.observe.child.load.loader import Loader
from autograd_grader.observe.child.load.syntax_tree import facts_of
from autograd_grader.observe.child.process_state import ProcessState
from autograd_grader.observe.child.record.call import Caller
from autograd_grader.observe.child.record.engine import BendingEngine
from autograd_grader.observe.child.record.output import Output

_TIMES = 8
"""After so many calls CPython takes a function for one that runs often."""
_NAME = "rehearse"
_SOURCE = '''
"""A few lines as students write them."""
import torch


def rehearse(x0: float = 1.5, y0: float = -2.0, passes: int = 2):
    x = torch.tensor(x0, requires_grad=True)
    y = torch.tensor(y0, requires_grad=True)
    pairs = []
    for _ in range(passes):
        f = 5 * x**2 + x * y + 2 * y**3 - 4 * x / 2
        f.backward()
        print(x.grad, y.grad.item())
        pairs.append((x.grad.clone(), y.grad.clone()))
        x.grad.zero_()
        y.grad.zero_()
    return x, y, f, pairs
'''
_FILE: dict[str, Any] = {"path": f"{_NAME}.py", "cells": [{"number": None, "source": _SOURCE}]}


class _Unseen(Output):
    """Output that stays where it goes: in the process that is forked from, nobody reads it."""

    def __init__(self) -> None:
        pass

    def take(self) -> tuple[str, bool]:
        return "", False


def rehearse(engine: BendingEngine) -> None:
    """Load, call, record and pack a small exercise some times over; nothing of it stays in the process."""
    loader = Loader([_FILE])
    caller = Caller(engine, _Unseen(), AuditHook([], ".", loader.code_names, print), loader.code_names)
    for _ in range(_TIMES):
        facts = facts_of(_FILE, frozenset({_NAME}))
        namespace, _ = loader.load(_FILE["path"])
        answer = caller.call(namespace[_NAME], [1.5, -2.0, 2], bend=1.5)
        frames.pack({"facts": facts, "observation": answer})
        ProcessState(".", {}).changes()
    loader.forget()
    linecache.clearcache()
