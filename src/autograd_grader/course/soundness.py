"""What makes a plan and its targets unsound, each fault in a line that says how to mend it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from autograd_grader.course.manifest import Exercise
from autograd_grader.course.target import FORMS, Target
from autograd_grader.model.plan import HIGHEST_MAX_VALUES, Call

if TYPE_CHECKING:
    from pydantic import ValidationError

ARTICLE = "article"
"""The id, or its end after a hyphen, of the one call with the exercise's own numbers."""
AGAIN = "again"
"""The id, or its end after a hyphen, of the call that repeats the article's."""

_RETURNED: Mapping[str, Callable[[Target], int]] = {
    "tensors": lambda target: len(target.leaves) + 1,
    "passes": lambda target: len(target.leaves),
    "by-hand": lambda _: 2,
}
"""How many things have a name in `returns`, by form."""
_COUNTED = frozenset({"passes"})
"""The forms whose calls end with how often something is to be done."""


def names_faults(plan: object, max_values: object) -> Iterator[str]:
    """What is wrong with a grader's `plan` and `MAX_VALUES` themselves."""
    if not callable(plan):
        yield "it has no function `plan`: write `def plan(draw: Draw) -> list[Call]`"
    if type(max_values) is not int or not 1 <= max_values <= HIGHEST_MAX_VALUES:
        yield f"`MAX_VALUES` is {max_values!r}: make it a whole number from 1 to {HIGHEST_MAX_VALUES}"


def target_faults(exercise: Exercise, targets: Any) -> Iterator[str]:  # noqa: ANN401 - whatever the author wrote
    """What is wrong in a grader's `TARGETS`."""
    if not isinstance(targets, Mapping):
        yield "`TARGETS` is no dict: make it one of the function's name to a `Target(…)`"
        return
    for name, target in targets.items():
        if name not in exercise.functions:
            yield f"`TARGETS` has {name!r}, which course.toml does not list: add it to `functions`, or take it out"
        elif not isinstance(target, Target):
            yield f"the target of `{name}` is no `Target(…)`: make it one"
        elif target.form is not None:
            yield from _form_faults(name, target, target.form)


def _form_faults(name: str, target: Target, form: str) -> Iterator[str]:
    if form not in FORMS:
        known = ", ".join(FORMS)
        yield f"the target of `{name}` has the form {form!r}, which does not exist: use one of {known}, or leave it out"
        return
    needs = {"leaves": target.leaves, "formula": target.formula, "value": target.value, "gradient": target.gradient}
    lacks = [field for field, value in needs.items() if not value]
    if lacks:
        yield f"the target of `{name}` has the form {form!r} and lacks {' and '.join(lacks)}: add what is missing"
    names = _RETURNED[form](target)
    if target.returns and len(target.returns) != names:
        yield f"the target of `{name}` names {len(target.returns)} things that come back in `returns`: name {names}"
    if target.arguments and len(target.arguments) != len(target.leaves):
        yield f"the target of `{name}` names {len(target.arguments)} `arguments`: name one for each of its leaves"


def plan_faults(exercise: Exercise, targets: Mapping[str, Target], calls: Sequence[Call]) -> Iterator[str]:
    """What is wrong in the calls that a plan makes."""
    for twin, count in Counter([*(call.id for call in calls), *exercise.constants]).items():
        if count > 1:
            yield f"the plan has {count} calls (or constants) with the id {twin!r}: give each an id of its own"
    for call in calls:
        if call.function not in exercise.functions:
            yield (
                f"the plan calls `{call.function}`, which course.toml does not list: add it to `functions`, or take the"
                " call out"
            )
        if not math.isfinite(call.bend) or call.bend == 0.0:
            yield f"the call {call.id!r} is bent by {call.bend}: bend it by `draw.bend()`"
    for function, target in targets.items():
        yield from _function_faults(function, target, [call for call in calls if call.function == function])


def _function_faults(function: str, target: Target, calls: Sequence[Call]) -> Iterator[str]:
    if not calls:
        yield f"the plan never calls `{function}`: add a call, or take it out of course.toml"
        return
    article = [call for call in calls if _is(call, ARTICLE)]
    if len(article) != 1:
        yield (
            f"the plan has {len(article)} calls of `{function}` with the id {ARTICLE!r} or '…-{ARTICLE}': give exactly"
            " one that id, the call with the exercise's own numbers"
        )
        return
    if article[0].bend != 1.0:
        yield f"the call {article[0].id!r} is bent: leave its `bend` out, and bend another call"
    yield from _number_faults(function, article[0], calls)
    if target.form is not None:
        yield from (fault for call in calls for fault in _arguments_faults(call, target))


def _number_faults(function: str, article: Call, calls: Sequence[Call]) -> Iterator[str]:
    """What is wrong with how often a function is called bent and again."""
    again = [call for call in calls if _is(call, AGAIN)]
    bent = [call for call in calls if call.bend != 1.0]
    if len(again) > 1:
        yield f"the plan has {len(again)} calls of `{function}` with the id {AGAIN!r} or '…-{AGAIN}': leave one"
    if len(bent) > 1:
        yield f"the plan bends {len(bent)} calls of `{function}`: bend one at most"
    for call in again:
        if (call.args, call.kwargs, call.bend) != (article.args, article.kwargs, 1.0):
            yield f"the call {call.id!r} differs from {article.id!r}, which it repeats: give it the same arguments"


def _arguments_faults(call: Call, target: Target) -> Iterator[str]:
    """Whether a form can take a call's arguments, and the target's functions give numbers at them."""
    count = len(target.leaves)
    numbers = call.args[:count]
    if len(numbers) < count or not all(_is_number(argument) for argument in numbers):
        yield f"the call {call.id!r} must begin with a number for each leaf ({', '.join(target.leaves)}): mend `args`"
        return
    if target.form in _COUNTED and (len(call.args) != count + 1 or type(call.args[count]) is not int):
        yield f"the call {call.id!r} must end with a whole number of passes, after the {count} leaves: mend `args`"
        return
    try:
        value, gradient = target.expected_value(call.args), target.expected_gradient(call.args)
    except Exception as error:  # noqa: BLE001 - the author's own code
        yield f"the target of `{call.function}` raised {type(error).__name__} at {numbers}: {error}; mend it there"
        return
    if not _is_number(value):
        yield f"`value` of the target of `{call.function}` gives {value!r} at {numbers}: it must give one number"
    if not isinstance(gradient, Sequence) or len(gradient) != count or not all(map(_is_number, gradient)):
        yield f"`gradient` of the target of `{call.function}` gives {gradient!r} at {numbers}: give a number a leaf"


def argument_fault(error: ValidationError) -> str:
    """Why a `Call` or `tensor` could not be made, in the author's words."""
    fault = error.errors(include_url=False)[0]
    place, given = fault["loc"], fault["input"]
    if error.title == "TensorArgument":
        words = str(fault.get("ctx", {}).get("error", "")) or "a tensor is made of numbers, or of rows of them"
        return f"`plan` makes a tensor that can't be sent: {words}; mend `tensor(…)`"
    if place[:1] in {("args",), ("kwargs",)} and len(place) > 1:
        which = f"argument {place[1] + 1}" if isinstance(place[1], int) else f"argument `{place[1]}`"
        return (
            f"`plan` makes a call whose {which} is {type(given).__name__} ({given!r:.60}): send finite numbers, texts,"
            " booleans, None, lists, tuples or `tensor(…)`"
        )
    return f"`plan` makes a call with a `{place[0] if place else '?'}` that is not sound ({given!r:.60}): mend it there"


def _is(call: Call, role: str) -> bool:
    return call.id == role or call.id.endswith(f"-{role}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
