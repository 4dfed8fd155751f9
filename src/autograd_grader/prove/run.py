"""Observes many submissions side by side, for proofs: everything is kept in memory, in order."""

from __future__ import annotations

import queue
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from autograd_grader.model.observation import Observation
from autograd_grader.observe.host.sandbox import SandboxObserver
from autograd_grader.observe.host.worker import Worker
from autograd_grader.observe.observer import Limits
from autograd_grader.prove.proof import Observe, Work


def observing(processes: Sequence[Worker], limits: Limits) -> Observe:
    """An `Observe` that uses each of `processes` for one submission at a time."""
    free: queue.SimpleQueue[Worker] = queue.SimpleQueue()
    for process in processes:
        free.put(process)

    def one(work: Work) -> Observation:
        process = free.get()
        try:
            return SandboxObserver(process, limits).observe(*work)
        finally:
            free.put(process)

    def many(work: Sequence[Work]) -> list[Observation]:
        with ThreadPoolExecutor(len(processes)) as pool:
            return list(pool.map(one, work))

    return many
