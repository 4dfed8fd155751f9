"""One exercise as the graders see it: the planned calls and what was observed of each."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from autograd_grader.course.target import Target
from autograd_grader.grade.evidence.numbers import HALF, HALF_TOLERANCE, SINGLE_TOLERANCE, close, items_of, number_in
from autograd_grader.model.observation import (
    CallObservation,
    Definition,
    Event,
    FileFacts,
    Load,
    Observation,
    SyntaxFault,
    Value,
)
from autograd_grader.model.plan import Call, ExercisePlan
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
        """What it was called with by position: numbers, where its form says so."""
        return self.plan.args

    @functools.cached_property
    def text(self) -> str:
        """The call as a student would write it."""
        return f"{self.plan.function}({', '.join(f'{a:g}' for a in self.plan.args)})"

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
        seen = [*self.observed.leaves, *(items_of(self.returned) or ())]
        return HALF_TOLERANCE if any(v.dtype in HALF for v in seen) else SINGLE_TOLERANCE

    def events(self, *kinds: str) -> list[Event]:
        """The events of these kinds, in order."""
        return [event for event in self.observed.events if event.kind in kinds]

    def reached_leaves(self, value: Value) -> set[int]:
        """The numbers of the leaves that a returned tensor's graph leads to."""
        waiting = [] if value.node is None else [value.node]
        seen: set[int] = set()
        while waiting:
            node = waiting.pop()
            if node not in seen and 0 <= node < len(self.observed.graph):
                seen.add(node)
                waiting.extend(self.observed.graph[node].next)
        leaves = {self.observed.graph[node].leaf for node in seen}
        return {leaf for leaf in leaves if leaf is not None}

    def walk_gave(self, expected: float) -> bool:
        """Whether a walk of a graph gave the expected number, in `.grad` or handed back."""
        given = [v for event in self.events("backward") for _, _, v in event.changes]
        given += [v for event in self.events("grad") for v in event.values]
        return any(close(value, expected, self.tolerance) for value in given)

    def followed(self, value: Value | float | None, right: float) -> bool:
        """Whether a number is the right one bent: once, or twice where autograd ran backward through a backward."""
        number = number_in(value) if isinstance(value, Value) else value
        return any(close(number, right * self.plan.bend**times, self.tolerance) for times in (1, 2))

    @property
    def walked(self) -> bool:
        """Whether autograd was seen at work: a graph was walked, or a forward-mode derivative begun."""
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


class ExerciseEvidence:
    """One exercise of one submission."""

    def __init__(self, plan: ExercisePlan, observation: Observation, subjects: Mapping[str, Target]) -> None:
        """Look at the part of `observation` that belongs to `plan`; `subjects` says what each function is to do."""
        self.plan = plan
        self.subjects = subjects
        self.observation = observation
        self.id = plan.exercise
        observed = {c.call: c for c in observation.calls if c.exercise == plan.exercise}
        missing = {
            c.id: CallObservation(exercise=plan.exercise, call=c.id, outcome="not-called")
            for c in plan.calls
            if c.id not in observed
        }
        self.calls = tuple(CallEvidence(call, (observed | missing)[call.id]) for call in plan.calls)
        self._by_id = {call.id: call for call in self.calls}
        self._constants = {name: observed[name] for name in plan.constants if name in observed}

    def __getitem__(self, call: str) -> CallEvidence:
        """The call of this name in the plan."""
        return self._by_id[call]

    def __iter__(self) -> Iterator[CallEvidence]:
        """The calls, in the plan's order."""
        return iter(self.calls)

    @functools.cached_property
    def functions(self) -> tuple[str, ...]:
        """The names of the exercise's functions, in the order they are called."""
        return tuple(dict.fromkeys(call.plan.function for call in self.calls))

    def straight(self, function: str) -> tuple[CallEvidence, ...]:
        """The calls of one function with autograd as it is."""
        return tuple(c for c in self.calls if c.plan.function == function and c.plan.bend == 1.0)

    def bent(self, function: str) -> CallEvidence:
        """The call of one function with autograd bent."""
        return next(c for c in self.calls if c.plan.function == function and c.plan.bend != 1.0)

    def path(self, name: str) -> str | None:
        """The file that a name was taken from."""
        return next(iter(self.observation.chosen.get(name, ())), None)

    def facts(self, name: str) -> FileFacts | None:
        """What the syntax tree shows of the file that a name was taken from."""
        path = self.path(name)
        return next((f for f in self.observation.facts if f.path == path), None)

    def definition(self, name: str) -> Definition | None:
        """Where and how a name is bound."""
        facts = self.facts(name)
        return facts.defines.get(name) if facts else None

    def load(self, name: str) -> Load | None:
        """What came of loading the file that a name was taken from."""
        path = self.path(name)
        return next((load for load in self.observation.loads if load.path == path), None)

    def syntax_fault(self, name: str) -> tuple[str, SyntaxFault] | None:
        """The file and the fault that keep a name's definition from being read."""
        facts, definition = self.facts(name), self.definition(name)
        if facts is None or definition is None or not facts.errors:
            return None
        for fault in facts.errors:
            if fault.cell is None or (definition.kind == "broken" and fault.cell == definition.cell):
                return facts.path, fault
        return None

    def constant(self, name: str) -> str | None:
        """A module constant's text: as loaded, or as the syntax tree has it where the file failed to load."""
        observed = self._constants.get(name)
        if observed is not None and observed.returned is not None and isinstance(observed.returned.value, str):
            return observed.returned.value
        definition = self.definition(name)
        return definition.text if definition is not None else None
