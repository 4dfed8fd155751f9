"""Observes a submission: hands its calls to children one request at a time, and keeps what comes back.

A call that hangs or kills its child costs that call: the ones before it are kept, and a fresh child goes on with the
rest.
"""

from __future__ import annotations

import threading

from autograd_grader.errors import SandboxError
from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission
from autograd_grader.observe.host.answers import MAX_FRAME_BYTES
from autograd_grader.observe.host.submission_run import SubmissionRun
from autograd_grader.observe.host.worker import Worker
from autograd_grader.observe.observer import Limits


class SandboxObserver:
    """Observes in children of a worker, which it owns: one that fails is replaced by another."""

    def __init__(self, worker: Worker, limits: Limits) -> None:
        """Fork from `worker`, within `limits`."""
        self._worker = worker
        self._limits = limits
        self._is_closed = False
        self._replacing = threading.Lock()

    def observe(self, submission: Submission, plan: Plan) -> Observation:
        """See `Observer.observe`. Where the worker fails, another tries once more; then raises `SandboxError`."""
        try:
            return self._observe(submission, plan)
        except SandboxError:
            if not self._replace_worker():
                raise
            return self._observe(submission, plan)

    def close(self) -> None:
        """End the worker. Another thread may do so: an observation that is being made then raises `SandboxError`."""
        with self._replacing:
            self._is_closed = True
            self._worker.close()

    def _observe(self, submission: Submission, plan: Plan) -> Observation:
        run = SubmissionRun(submission, plan, self._limits)
        while run.pending:
            with self._worker.child(run.request()) as child:
                run.begin_child()
                ending = run.read(child.reader(MAX_FRAME_BYTES))
            if ending is not None:
                run.lose_step(ending, child)
        return run.observation()

    def _replace_worker(self) -> bool:
        """Take another worker, unless this observer was closed meanwhile; gives whether it has one."""
        with self._replacing:
            self._worker.close()
            if not self._is_closed:
                self._worker = self._worker.another()
            return not self._is_closed
