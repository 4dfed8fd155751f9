"""Reading what students hand in: find the submissions of a batch, read each as text; nothing of theirs is run."""

from __future__ import annotations

from autograd_grader.intake.find import Found, find_submissions
from autograd_grader.intake.read import read_submission

__all__ = ["Found", "find_submissions", "read_submission"]
