"""Starts the workers that observe: the first thing that a command does, since they import torch meanwhile.

A command imports the rest of the program after that. Nothing heavy may be imported here.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograd_grader.observe.host.worker import Worker
    from autograd_grader.observe.observer import Observer


def start_workers(stack: ExitStack, count: int = 1, *, strict: bool = False) -> list[Worker]:
    """Start as many workers, all from one import of torch, and return at once; they end with the stack."""
    from autograd_grader.observe.host.worker import Worker

    first = stack.enter_context(Worker(strict=strict))
    return [first, *(stack.enter_context(first.again()) for _ in range(count - 1))]


def observers_of(stack: ExitStack, workers: list[Worker], call_seconds: float) -> list[Observer]:
    """An observer for each worker; they are closed with the stack."""
    from autograd_grader.observe.host.sandbox import SandboxObserver
    from autograd_grader.observe.observer import Limits

    observers: list[Observer] = [SandboxObserver(worker, Limits(call=call_seconds)) for worker in workers]
    for observer in observers:
        stack.callback(observer.close)
    return observers
