"""One student function as the diagnosis rules see it: its calls, what was observed of them, what it was to compute."""

from __future__ import annotations

import functools

from autograd_grader.course.target import Target
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.grade.evidence.exercise import ExerciseEvidence
from autograd_grader.grade.forms import form_of
from autograd_grader.model.observation import Definition, Failure


class FunctionEvidence:
    """One function of an exercise of a submission."""

    def __init__(self, exercise: ExerciseEvidence, name: str) -> None:
        """Look at the function `name` of `exercise`."""
        self.exercise = exercise
        self.name = name
        self.target = exercise.targets.get(name, Target())
        self.form = form_of(self.target)
        self.unbent = exercise.unbent(name)
        self.bent = exercise.bent(name)

    @functools.cached_property
    def article(self) -> CallEvidence | None:
        """The call with the exercise's own numbers."""
        return self._called("article")

    @functools.cached_property
    def again(self) -> CallEvidence | None:
        """The call that repeats the article's; None where the plan has none."""
        return self._called("again")

    @functools.cached_property
    def twin_of_bent(self) -> CallEvidence | None:
        """The unbent call with the bent call's arguments that returned; None where there is none."""
        bent = self.bent.plan if self.bent is not None else None
        arguments = (bent.args, bent.kwargs) if bent is not None else None
        return next((c for c in self.returned if (c.plan.args, c.plan.kwargs) == arguments), None)

    @functools.cached_property
    def returned(self) -> tuple[CallEvidence, ...]:
        """The unbent calls that returned."""
        return tuple(call for call in self.unbent if call.returned is not None)

    @functools.cached_property
    def raised(self) -> tuple[CallEvidence, Failure] | None:
        """The first unbent call that raised, and what."""
        for call in self.unbent:
            if call.observed.outcome == "raised" and call.observed.error is not None:
                return call, call.observed.error
        return None

    @functools.cached_property
    def definition(self) -> Definition | None:
        """Where and how the function is bound."""
        return self.exercise.definition(self.name)

    @functools.cached_property
    def code_name(self) -> str | None:
        """The code file name that the function was taken from: a path, or `path#cell`."""
        path = self.exercise.path(self.name)
        cell = self.definition.cell if self.definition else None
        return path if path is None or cell is None else f"{path}#{cell}"

    def line_of(self, *names: str) -> int | None:
        """The first line on which the function uses one of these names or numbers."""
        uses = self.definition.uses if self.definition else ()
        lines = [line for name, line in uses if name in names]
        return min(lines) if lines else None

    def right_gradient(self, call: CallEvidence) -> tuple[float, ...]:
        """The right partial derivatives in a call."""
        return self.target.expected_gradient(call.args)

    def right_value(self, call: CallEvidence) -> float:
        """The right value of the result in a call."""
        return self.target.expected_value(call.args)

    def _called(self, purpose: str) -> CallEvidence | None:
        return next((c for c in self.unbent if c.id == purpose or c.id.endswith(f"-{purpose}")), None)
