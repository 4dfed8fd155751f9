"""The seam between what is trusted and what is not: a submission and a plan go in, data comes out."""

from __future__ import annotations

from typing import Protocol

from autograd_grader.model.base import Record
from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission

_CALLS_PER_SUBMISSION = 6


class Limits(Record):
    """How long student code may take, in seconds of wall-clock time."""

    call: float = 10.0

    @property
    def submission(self) -> float:
        """All calls of one submission together."""
        return self.call * _CALLS_PER_SUBMISSION


class Observer(Protocol):
    """Observes submissions, one at a time."""

    def observe(self, submission: Submission, plan: Plan) -> Observation:
        """The observation of every call in the plan, whatever the student's code does.

        Raises `SandboxError` where nothing can be observed at all.
        """

    def close(self) -> None:
        """Free what it holds; may be called twice, and by another thread."""
