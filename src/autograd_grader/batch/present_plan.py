"""Whether what was observed of a submission serves the plan that its course has now."""

from __future__ import annotations

from autograd_grader.course import Course
from autograd_grader.model.plan import Argument, Call, ExercisePlan, Plan, TensorArgument, TupleArgument
from autograd_grader.model.submission import Submission
from autograd_grader.text import clean_line

_NOBODY = Submission(id="nobody", origin="")


def present_plan(course: Course, observed: Plan) -> Plan | str:
    """The plan that the course has now for an observation; words on what is missing where a call was not made."""
    wanted = course.plan(_NOBODY, seed=observed.seed)
    made = {exercise.exercise: exercise for exercise in observed.exercises}
    for exercise in wanted.exercises:
        if missing := _missing(exercise, made.get(exercise.exercise)):
            return missing
    return wanted


def _missing(wanted: ExercisePlan, made: ExercisePlan | None) -> str:
    if made is None or made.file != wanted.file:
        return f"{wanted.exercise} was not observed"
    for call in wanted.calls:
        if call not in made.calls:
            return f"{wanted.exercise}'s call `{call.id}`, {_in_words(call)}, was not observed"
    for name in wanted.constants:
        if name not in made.constants:
            return f"{wanted.exercise}'s {name} was not observed"
    if made.max_values < wanted.max_values:
        return f"{wanted.exercise}'s tensors were observed up to {made.max_values} values, not {wanted.max_values}"
    return ""


def _in_words(call: Call) -> str:
    by_name = [f"{name}={_argument(value)}" for name, value in call.kwargs.items()]
    return clean_line(f"{call.function}({', '.join([*map(_argument, call.args), *by_name])})")


def _argument(value: Argument) -> str:
    if isinstance(value, TensorArgument):
        return f"tensor({value.tensor})"
    if isinstance(value, TupleArgument):
        return f"({', '.join(map(_argument, value.items))})"
    if isinstance(value, list):
        return f"[{', '.join(map(_argument, value))}]"
    return f"{value:g}" if isinstance(value, float) else repr(value)
