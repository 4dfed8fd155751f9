"""Every rule of the engine in the order it is asked: nearer to the root cause first.

A function is asked the common rules, the course's own, what an exception says that nothing else explained, and the
rules of its form of return. A rule may rely on those before it having found nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType

from autograd_grader.grade.diagnose import by_hand
from autograd_grader.grade.diagnose.common import exceptions, loading, stopping
from autograd_grader.grade.diagnose.gradients import backward as gradients_backward
from autograd_grader.grade.diagnose.gradients import inputs as gradients_inputs
from autograd_grader.grade.diagnose.gradients import returned as gradients_returned
from autograd_grader.grade.diagnose.leaves import backward as leaves_backward
from autograd_grader.grade.diagnose.leaves import graph as leaves_graph
from autograd_grader.grade.diagnose.leaves import returned as leaves_returned
from autograd_grader.grade.diagnose.passes import calls as passes_calls
from autograd_grader.grade.diagnose.passes import recorded as passes_recorded
from autograd_grader.grade.diagnose.passes import zeroing as passes_zeroing
from autograd_grader.grade.diagnose.rule import Rule


def rules_in(module: ModuleType) -> tuple[Rule, ...]:
    """The rules of a module, in the order they stand in it."""
    return tuple(value for value in vars(module).values() if isinstance(value, Rule))


COMMON = tuple(
    rule for rule in (*rules_in(loading), *rules_in(stopping), *rules_in(exceptions)) if rule is not exceptions.raised
)
"""Asked of every function, before the course's own."""
UNEXPLAINED = (exceptions.raised,)
"""Asked of every function, after the course's own."""
OF_FORM: dict[str | None, tuple[Rule, ...]] = {
    None: (),
    "tensors": (
        *rules_in(leaves_returned),
        *rules_in(leaves_graph),
        *rules_in(leaves_backward),
    ),
    "passes": (
        *rules_in(gradients_returned),
        *rules_in(passes_recorded),
        *rules_in(passes_zeroing),
        *rules_in(gradients_inputs),
        *rules_in(gradients_backward),
        *rules_in(passes_calls),
    ),
    "by-hand": (
        *rules_in(gradients_returned),
        by_hand.swapped_returns,
        by_hand.not_by_hand,
        *rules_in(gradients_inputs),
        by_hand.zeroed_too_early,
        *rules_in(gradients_backward),
        by_hand.hard_coded,
        by_hand.not_autograds,
        by_hand.wrong_derivative,
        by_hand.keeps_state,
    ),
}
"""Asked last, by the form of what a function returns."""


def in_order(form: str | None, own: Iterable[Rule] = ()) -> tuple[Rule, ...]:
    """Every rule that a function of this form is asked, with a course's own in their place."""
    return (*COMMON, *own, *UNEXPLAINED, *OF_FORM[form])
