"""The seam between what is trusted and what is not: a submission and a plan go in, data comes out."""

from __future__ import annotations

from typing import Protocol

from autograd_grader.model.base import Record
from autograd_grader.model.observation import Observation
from autograd_grader.model.plan import Plan
from autograd_grader.model.submission import Submission

_DEADLINES_A_SUBMISSION = 6


class Limits(Record):
    """How long student code may take, in seconds of wall-clock time."""

    call: float = 10.0

    @property
    def submission(self) -> float:
        """All calls of one submission together."""
        return self.call * _DEADLINES_A_SUBMISSION


class Observer(Protocol):
    """The seam between what is trusted and what is not: a submission and a plan go in, data comes out."""

    def observe(self, submission: Submission, plan: Plan) -> Observation:
        """The observation of every call in the plan; whatever the student's code does, this returns."""

    def close(self) -> None:
        """End what it observes with; may be called twice, and from another thread."""
