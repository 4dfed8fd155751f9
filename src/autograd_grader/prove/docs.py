"""The page of diagnoses for the docs, made from a course's rules and the engine's."""

from __future__ import annotations

from collections.abc import Iterable

from autograd_grader.course import Course
from autograd_grader.grade.diagnose.course_rules import CourseRules, course_rules
from autograd_grader.grade.diagnose.order import COMMON, OF_FORM, UNEXPLAINED
from autograd_grader.grade.diagnose.words import running as running_words
from autograd_grader.grade.diagnose.words.words import Words
from autograd_grader.grade.forms import FORMS, form_of

_HEAD = """# Diagnoses

Every misconception that the program names, in the order its rules are asked: the first that finds something is the
root cause. A function is asked the common rules, the course's own, and those of its form of return. A name in brackets
is that of a variant, by which a course can word it anew. Made from the rules by `grade course diagnoses`; a test keeps
it true.
"""
_COLUMNS = "| slug | what the student reads | the hint | learn more |\n| --- | --- | --- | --- |\n"


def diagnosis_page(course: Course) -> str:
    """A table for each group of rules, a row for each of their words, as this course has them."""
    own = course_rules(course)
    groups: dict[str, Iterable[Words]] = {
        "Any function": (rule.words for rule in COMMON),
        "This course's own": (rule.words for rule in own.rules),
        "Any function, where nothing above explains it": (
            *(rule.words for rule in UNEXPLAINED),
            running_words.NOT_STARTED_TEXT,
        ),
    }
    used = {form_of(target) for exercise in course.exercises for target in course.targets(exercise).values()}
    for name, rules in OF_FORM.items():
        if rules and FORMS[name] in used:
            groups[f"{FORMS[name].described} (`{name}`)"] = (rule.words for rule in rules)
    return _HEAD + "".join(_table(title, group, own) for title, group in groups.items())


def _table(title: str, group: Iterable[Words], own: CourseRules) -> str:
    rows = dict.fromkeys(_row(own.worded(said, "f")) for said in group)
    return f"\n## {title}\n\n{_COLUMNS}" + "".join(rows) if rows else ""


def _row(said: Words) -> str:
    variant = f" ({said.variant})" if said.variant else ""
    link = f"[page]({said.link})" if said.link else ""
    return f"| `{said.slug}`{variant} | {said.title} | {said.hint} | {link} |\n"
