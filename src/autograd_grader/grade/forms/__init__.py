"""The forms of return that the engine knows, by the names that targets give them."""

from __future__ import annotations

from autograd_grader.course.target import Target
from autograd_grader.errors import CourseError
from autograd_grader.grade.forms.by_hand import ByHand
from autograd_grader.grade.forms.form import Form
from autograd_grader.grade.forms.leaves import Leaves
from autograd_grader.grade.forms.passes import Passes

FORMS: dict[str | None, Form] = {None: Form(), "tensors": Leaves(), "passes": Passes(), "by-hand": ByHand()}


def form_of(target: Target) -> Form:
    """The form of what a function is to return; raises `CourseError` for a name that is no form's."""
    form = FORMS.get(target.form)
    if form is None:
        known = ", ".join(repr(name) for name in FORMS if name)
        message = f"there is no form of return {target.form!r}: give the target one of {known}, or None"
        raise CourseError(message)
    return form
