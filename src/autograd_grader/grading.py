"""All that a course's graders are written with: the one module that a grader imports from this package."""

from __future__ import annotations

from autograd_grader.course import Draw, no_cancellation
from autograd_grader.course.target import Target
from autograd_grader.grade.checks import agree, await_review, check, describe, expect, fail, returned, scalar_tensor
from autograd_grader.grade.checks.explanation import is_explanation
from autograd_grader.grade.evidence import CallEvidence, ExerciseEvidence
from autograd_grader.grade.evidence.numbers import close, is_printed, items_of, number_in, pairs_in, show
from autograd_grader.model.observation import Event, Value
from autograd_grader.model.plan import Call, tensor

__all__ = [
    "Call",
    "CallEvidence",
    "Draw",
    "Event",
    "ExerciseEvidence",
    "Target",
    "Value",
    "agree",
    "await_review",
    "check",
    "close",
    "describe",
    "expect",
    "fail",
    "is_explanation",
    "is_printed",
    "items_of",
    "no_cancellation",
    "number_in",
    "pairs_in",
    "returned",
    "scalar_tensor",
    "show",
    "tensor",
]
