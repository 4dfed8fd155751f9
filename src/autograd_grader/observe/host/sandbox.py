"""Observes a submission: hands its calls to children one request at a time, and keeps what comes back.

A call that hangs or kills its child costs that call: the ones before it are kept, and a fresh child goes on with the
rest.
"""

from __future__ import annotations

from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission
from autograd_grader.observe.host.answers import MAX_FRAME_BYTES
from autograd_grader.observe.host.submission_run import SubmissionRun
from autograd_grader.observe.host.worker import Worker
from autograd_grader.observe.observer import Limits


class SandboxObserver:
    """Observes in children of a worker."""

    def __init__(self, worker: Worker, limits: Limits) -> None:
        """Fork from `worker`, within `limits`."""
        self._worker = worker
        self._limits = limits

    def observe(self, submission: Submission, plan: Plan) -> Observation:
        """See `Observer.observe`; raises `SandboxError` when no child can be had."""
        run = SubmissionRun(submission, plan, self._limits)
        while run.pending:
            with self._worker.child(run.request()) as child:
                run.begin_child()
                ending = run.read(child.reader(MAX_FRAME_BYTES))
            if ending is not None:
                run.lose_step(ending, child)
        return run.observation()
