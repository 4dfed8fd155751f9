"""One exercise of one submission as the graders see it: the planned calls and what was observed of each."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from autograd_grader.course.target import Target
from autograd_grader.grade.evidence.call import CallEvidence
from autograd_grader.model.observation import CallObservation, Definition, FileFacts, Load, Observation, SyntaxFault
from autograd_grader.model.plan import ExercisePlan


class ExerciseEvidence:
    """One exercise of one submission."""

    def __init__(self, plan: ExercisePlan, observation: Observation, targets: Mapping[str, Target]) -> None:
        """Look at the part of `observation` that belongs to `plan`; `targets` says what each function is to do."""
        self.plan = plan
        self.targets = targets
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

    def unbent(self, function: str) -> tuple[CallEvidence, ...]:
        """The calls of one function with autograd as it is."""
        return tuple(c for c in self.calls if c.plan.function == function and c.plan.bend == 1.0)

    def bent(self, function: str) -> CallEvidence | None:
        """The call of one function with autograd bent; None where the plan has none."""
        return next((c for c in self.calls if c.plan.function == function and c.plan.bend != 1.0), None)

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
