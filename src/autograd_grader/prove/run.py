"""Observes many submissions side by side, for proofs: everything is kept in memory, in order."""

from __future__ import annotations

import queue
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from autograd_grader.model.observation import Observation
from autograd_grader.observe.observer import Observer
from autograd_grader.prove.proof import Observe, Work


def observing(observers: Sequence[Observer]) -> Observe:
    """An `Observe` that uses each of the observers for one submission at a time."""
    free: queue.SimpleQueue[Observer] = queue.SimpleQueue()
    for observer in observers:
        free.put(observer)

    def one(work: Work) -> Observation:
        observer = free.get()
        try:
            return observer.observe(*work)
        finally:
            free.put(observer)

    def many(work: Sequence[Work]) -> list[Observation]:
        with ThreadPoolExecutor(len(observers)) as pool:
            return list(pool.map(one, work))

    return many
