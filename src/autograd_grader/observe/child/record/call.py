"""Makes one planned call and describes it."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any

import torch

from autograd_grader.observe.child.confine.audit_hook import AuditHook
from autograd_grader.observe.child.record.arguments import make_argument
from autograd_grader.observe.child.record.engine import BendingEngine
from autograd_grader.observe.child.record.failure import describe_failure
from autograd_grader.observe.child.record.output import Output
from autograd_grader.observe.child.record.recorder import MAX_LEAVES, Recorder
from autograd_grader.observe.child.record.registry import Registry
from autograd_grader.observe.child.record.snapshot import Snapshot

Data = dict[str, Any]


class Caller:
    """Calls student functions while all that observes them is in place."""

    def __init__(
        self, engine: BendingEngine, output: Output, audit_hook: AuditHook, code_names: Collection[str]
    ) -> None:
        """Observe through `engine`, `output` and `audit_hook`; lines are looked for in files named in `code_names`."""
        self._engine = engine
        self._output = output
        self._audit_hook = audit_hook
        self._code_names = code_names

    def call(self, function: Any, planned: Data) -> Data:
        """The observation of a planned call of `function`: returned or raised, printed, the events and the graph.

        Of `planned` its `args`, `kwargs`, `bend` and `max_values` count, as the plan has them.
        """
        registry = Registry()
        recorder = Recorder(registry, self._code_names)
        self._output.take()
        refused = len(self._audit_hook.refused)
        started = time.perf_counter()
        snapshot = Snapshot(registry, planned["max_values"])
        args = [make_argument(argument, registry) for argument in planned["args"]]
        kwargs = {name: make_argument(argument, registry) for name, argument in planned["kwargs"].items()}
        self._engine.factor, self._engine.recorder = planned["bend"], recorder
        try:
            with recorder:
                returned = function(*args, **kwargs)
        except BaseException as error:  # noqa: BLE001 - whatever student code raises is what was observed
            data: Data = {"outcome": "raised", "error": describe_failure(error, self._code_names)}
        else:
            data = {"outcome": "returned"}
        finally:
            self._engine.factor, self._engine.recorder = 1.0, None
        data["seconds"] = round(time.perf_counter() - started, 6)
        data["printed"], data["too_much_output"] = self._output.take()
        data["refused"] = self._audit_hook.refused[refused:]
        data["events"], data["events_cut"] = recorder.events, recorder.cut
        with torch._C.DisableTorchFunction():
            if data["outcome"] == "returned":
                data["returned"] = snapshot.describe(returned)
            data["leaves"] = [snapshot.describe(leaf) for leaf in registry.leaves[:MAX_LEAVES]]
            data["graph"] = snapshot.finish()
        return data
