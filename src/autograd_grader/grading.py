"""All that a course's graders are written with: the one module that a grader imports from this package."""

from __future__ import annotations

from autograd_grader.course import Draw, no_cancellation
from autograd_grader.course.target import Target
from autograd_grader.grade.checks.check import agree, await_review, check, expect, fail, returned, scalar_tensor
from autograd_grader.grade.checks.explanation import is_explanation
from autograd_grader.grade.diagnose.rule import Finding, rule
from autograd_grader.grade.diagnose.words.words import Words
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.exercise import ExerciseEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.grade.evidence.numbers import close, is_printed, items_of, number_in, rows_in
from autograd_grader.grade.evidence.shown import describe_value, show
from autograd_grader.model.observation import Event, Value
from autograd_grader.model.plan import Call, tensor

__all__ = [
    "Call",
    "CallEvidence",
    "Draw",
    "Event",
    "ExerciseEvidence",
    "Finding",
    "FunctionEvidence",
    "Target",
    "Value",
    "Words",
    "agree",
    "await_review",
    "check",
    "close",
    "describe_value",
    "expect",
    "fail",
    "is_explanation",
    "is_printed",
    "items_of",
    "no_cancellation",
    "number_in",
    "returned",
    "rows_in",
    "rule",
    "scalar_tensor",
    "show",
    "tensor",
]
