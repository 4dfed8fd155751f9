"""What was observed of a submission, as checks and rules read it."""

from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.exercise import ExerciseEvidence

__all__ = ["CallEvidence", "ExerciseEvidence"]
