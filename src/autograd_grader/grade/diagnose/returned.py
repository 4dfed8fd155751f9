"""What a call of a `tensors` function returned, by role: the leaves, f and their right numbers."""

from __future__ import annotations

from autograd_grader.grade.diagnose.rule import Case, is_number
from autograd_grader.grade.evidence import CallEvidence
from autograd_grader.model.observation import Event, Value


class Returned:
    """What one call of a `tensors` function returned, by role."""

    def __init__(self, case: Case, call: CallEvidence, values: tuple[Value, ...]) -> None:
        self.call = call
        self.leaves = values[:-1]
        self.f = values[-1]
        self.args = call.args
        self.value = case.value(call)
        self.gradient = case.gradient(call)
        self.names = case.subject.leaves

    @property
    def holds_arguments(self) -> bool:
        """Whether each leaf holds its argument."""
        return all(is_number(leaf, a, self.call) for leaf, a in zip(self.leaves, self.args, strict=True))

    @property
    def f_is_right(self) -> bool:
        """Whether f has the right value."""
        return is_number(self.f, self.value, self.call)

    @property
    def gradient_is_right(self) -> bool:
        """Whether every leaf's `.grad` is right."""
        grads = [leaf.grad for leaf in self.leaves]
        return all(g is not None and is_number(g, e, self.call) for g, e in zip(grads, self.gradient, strict=True))

    @property
    def attached(self) -> bool:
        """Whether the graph of f leads back to every leaf."""
        reached = self.call.reached_leaves(self.f)
        return all(leaf.leaf in reached for leaf in self.leaves)


def returned_by(case: Case, call: CallEvidence) -> Returned | None:
    """What one call returned; None where it is no leaves and f."""
    values = call.items(len(case.subject.leaves) + 1) if case.subject.form == "tensors" else None
    return Returned(case, call, values) if values is not None else None


def results(case: Case) -> list[Returned]:
    """What the calls returned, by role."""
    found = [returned_by(case, call) for call in case.done]
    return [r for r in found if r is not None]


def assigned_grad(r: Returned) -> Event | None:
    """The event that put something into a leaf's `.grad` by hand."""
    return next((e for e in r.call.events("grad-write") if e.changes and e.changes[0][2] is not None), None)


def bends(case: Case) -> bool:
    """Whether the gradients followed the bent call."""
    r = returned_by(case, case.bent)
    if r is None or r.call.returned is None:
        return case.bent.stopped_itself
    return all(
        leaf.grad is not None and r.call.followed(leaf.grad, g) for leaf, g in zip(r.leaves, r.gradient, strict=True)
    )
