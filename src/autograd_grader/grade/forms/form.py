"""What the engine knows of a function by the form of what it returns, and of one whose target names no form."""

from __future__ import annotations

from typing import Any

from autograd_grader.course.target import Target
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.model.observation import Value


class Form:
    """A form of return. This one is of a function without a form: nothing is known of what should come back.

    Rules and flags ask a form; none of them asks which form it is.
    """

    described = "Any function"
    """What functions have this form, for those who read of it."""
    returns_tensors = False
    """Whether tensors are asked for, with their gradients and graph, or their numbers alone."""

    def asked(self, target: Target) -> str:  # noqa: ARG002
        """What was asked for, as in `asked for was (x, y, f)`."""
        return "what the exercise describes"

    def numbers(self, target: Target, call: CallEvidence) -> list[Value] | None:  # noqa: ARG002
        """The values that are each to be one number, flat; None where something of another shape came back."""
        return None

    def first_gradient(self, target: Target, call: CallEvidence) -> tuple[float | None, ...] | None:  # noqa: ARG002
        """The first gradient of autograd's that came back, a number a leaf; None where there is none to compare."""
        return None

    def passes(self, target: Target, call: CallEvidence) -> int:  # noqa: ARG002
        """How often the call is to run `backward`."""
        return 1

    def bent_is_right(self, target: Target, call: CallEvidence) -> bool:  # noqa: ARG002
        """Whether a bent call gave what earns its points."""
        return False

    def side_effects(self, target: Target, call: CallEvidence) -> tuple[Any, ...]:  # noqa: ARG002
        """What counts of a call beside what it returned, so that mutants which differ in it behave differently."""
        return ()

    def note(self, target: Target, call: CallEvidence) -> str | None:  # noqa: ARG002
        """What is worth knowing about the article's call and costs no points."""
        return None
