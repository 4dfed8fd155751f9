"""Runs what every child runs, before any child is forked, so that children inherit it ready.

CPython specializes the code of functions that run often for the types that they meet (PEP 659), and torch sets up much
at its first use. A child lives too short to gain by either: it would pay for both, and for the copies of the pages that
they change.
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
"""After so many calls CPython specializes a function."""
_NAME = "warm_up_sample"
_SOURCE = '''
"""A few lines as students write them."""
import torch


def warm_up_sample(a0: float = 0.5, b0: float = -1.0, steps: int = 2):
    a = torch.tensor(a0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    pairs = []
    for _ in range(steps):
        loss = 3 * a**3 - a * b + 4 * b**2 + 6 * a / 5
        loss.backward()
        print(a.grad, b.grad.item())
        pairs.append((a.grad.clone(), b.grad.clone()))
        a.grad.zero_()
        b.grad.zero_()
    return a, b, loss, pairs
'''
_FILE: dict[str, Any] = {"path": f"{_NAME}.py", "cells": [{"number": None, "source": _SOURCE}]}
_CALL: dict[str, Any] = {"args": [0.5, -1.0, 2], "kwargs": {}, "bend": 1.5, "max_values": 64}


class _Discarded(Output):
    """Output that is not redirected: nobody reads what the process that is forked from prints."""

    def __init__(self) -> None:
        pass

    def take(self) -> tuple[str, bool]:
        return "", False


def warm_up(engine: BendingEngine) -> None:
    """Load, call, record and pack a small function several times; no trace of it stays in the process."""
    loader = Loader([_FILE])
    caller = Caller(engine, _Discarded(), AuditHook([], ".", loader.code_names, print), loader.code_names)
    for _ in range(_TIMES):
        facts = facts_of(_FILE, frozenset({_NAME}))
        namespace, _ = loader.load(_FILE["path"])
        answer = caller.call(namespace[_NAME], _CALL)
        frames.pack({"facts": facts, "observation": answer})
        ProcessState(".", {}).changes()
    loader.forget()
    linecache.clearcache()
