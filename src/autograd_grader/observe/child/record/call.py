"""Makes one planned call and describes it."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any

import torch

from autograd_grader.observe.child.confine.audit_hook import AuditHook
from autograd_grader.observe.child.record.engine import BendingEngine
from autograd_grader.observe.child.record.failure import describe_failure
from autograd_grader.observe.child.record.output import Output
from autograd_grader.observe.child.record.recorder import MAX_LEAVES, Recorder
from autograd_grader.observe.child.record.registry import Registry
from autograd_grader.observe.child.record.snapshot import Snapshot

Data = dict[str, Any]


class Caller:
    """Calls student functions with everything that observes them in place."""

    def __init__(self, engine: BendingEngine, output: Output, guard: AuditHook, code_names: Collection[str]) -> None:
        """Observe through `engine`, `output` and `guard`; lines are looked for in files named in `code_names`."""
        self._engine = engine
        self._output = output
        self._guard = guard
        self._code_names = code_names

    def call(self, function: Any, args: list[Any], bend: float) -> Data:
        """The observation of `function(*args)`: returned or raised, printed, the events and the graph."""
        registry = Registry()
        recorder = Recorder(registry, self._code_names)
        self._output.take()
        refused = len(self._guard.refused)
        started = time.perf_counter()
        snapshot = Snapshot(registry)
        data = self._run(function, args, bend, recorder, snapshot)
        data["seconds"] = round(time.perf_counter() - started, 6)
        data["printed"], data["too_much_output"] = self._output.take()
        data["refused"] = self._guard.refused[refused:]
        data["events"], data["events_cut"] = recorder.events, recorder.cut
        with torch._C.DisableTorchFunction():
            data["leaves"] = [snapshot.describe(leaf) for leaf in registry.leaves[:MAX_LEAVES]]
            data["graph"] = snapshot.finish()
        return data

    def _run(self, function: Any, args: list[Any], bend: float, recorder: Recorder, snapshot: Snapshot) -> Data:
        self._engine.factor, self._engine.recorder = bend, recorder
        try:
            with recorder:
                returned = function(*args)
        except BaseException as error:  # noqa: BLE001 - whatever student code raises is what was observed
            return {"outcome": "raised", "error": describe_failure(error, self._code_names)}
        finally:
            self._engine.factor, self._engine.recorder = 1.0, None
        with torch._C.DisableTorchFunction():
            return {"outcome": "returned", "returned": snapshot.describe(returned)}
