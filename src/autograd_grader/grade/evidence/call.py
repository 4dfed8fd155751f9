"""One call of a student function as the graders see it: what was asked, and what was observed."""

from __future__ import annotations

import functools
from typing import Any

from autograd_grader.grade.evidence.numbers import HALF, HALF_TOLERANCE, SINGLE_TOLERANCE, close, items_of, number_in
from autograd_grader.grade.evidence.written import written_call
from autograd_grader.model.observation import CallObservation, Event, Value
from autograd_grader.model.plan import Call
from autograd_grader.text import clean_line


class CallEvidence:
    """One planned call and its observation."""

    def __init__(self, plan: Call, observed: CallObservation) -> None:
        """Join what was asked and what was seen."""
        self.plan = plan
        self.observed = observed

    @property
    def id(self) -> str:
        """The call's name in the plan."""
        return self.plan.id

    @property
    def args(self) -> tuple[Any, ...]:
        """What it was called with by position; the leaves' numbers first, where the target has a form."""
        return self.plan.args

    @functools.cached_property
    def text(self) -> str:
        """The call as a student would write it."""
        return written_call(self.plan)

    @property
    def returned(self) -> Value | None:
        """What came back; None when the call did not return."""
        return self.observed.returned if self.observed.outcome == "returned" else None

    def items(self, count: int) -> tuple[Value, ...] | None:
        """The items of a returned sequence of `count`; None when something else came back."""
        items = items_of(self.returned)
        return items if items is not None and len(items) == count else None

    @functools.cached_property
    def tolerance(self) -> float:
        """How exactly numbers can agree: in half precision less than in single or double."""
        tensors = [*self.observed.leaves, *(items_of(self.returned) or ())]
        return HALF_TOLERANCE if any(v.dtype in HALF for v in tensors) else SINGLE_TOLERANCE

    def events(self, *kinds: str) -> list[Event]:
        """The events of these kinds, in order."""
        return [event for event in self.observed.events if event.kind in kinds]

    def reached_leaves(self, value: Value) -> set[int]:
        """The numbers of the leaves that a returned tensor's graph leads to."""
        waiting = [] if value.node is None else [value.node]
        visited: set[int] = set()
        while waiting:
            node = waiting.pop()
            if node not in visited and 0 <= node < len(self.observed.graph):
                visited.add(node)
                waiting.extend(self.observed.graph[node].next)
        leaves = {self.observed.graph[node].leaf for node in visited}
        return {leaf for leaf in leaves if leaf is not None}

    def backward_gave(self, expected: float) -> bool:
        """Whether a backward pass gave the expected number, in `.grad` or handed back."""
        given = [v for event in self.events("backward") for _, _, v in event.changes]
        given += [v for event in self.events("grad") for v in event.values]
        return any(close(value, expected, self.tolerance) for value in given)

    def followed(self, value: Value | float | None, right: float) -> bool:
        """Whether a number is the right one bent: once, or twice where autograd ran backward through a backward."""
        number = number_in(value) if isinstance(value, Value) else value
        return any(close(number, right * self.plan.bend**times, self.tolerance) for times in (1, 2))

    @property
    def used_autograd(self) -> bool:
        """Whether autograd was seen at work: in a backward pass, or in a forward-mode derivative."""
        return bool(self.events("backward", "grad", "forward")) or self.observed.events_cut

    @property
    def stopped_itself(self) -> bool:
        """Whether the student's own code raised: an `assert` that compares two gradients does, once one is bent."""
        return self.observed.outcome == "raised" and self.observed.error is not None and self.observed.error.entered

    def why_not(self) -> str:
        """Why the call did not return, in a few words; empty when it did."""
        observed = self.observed
        if observed.too_much_output:
            return f"{self.text} printed too much"
        if observed.outcome == "returned":
            return ""
        if observed.outcome == "raised" and observed.error is not None:
            where = f" at line {observed.error.line}" if observed.error.line else ""
            return f"{self.text} raised {clean_line(observed.error.type, 60)}{where}"
        reasons = {"timed-out": "did not end in time", "crashed": "ended the process it ran in"}
        return f"{self.text} {reasons.get(observed.outcome, 'could not be called')}"
