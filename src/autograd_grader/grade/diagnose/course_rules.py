"""A course's own part in diagnosis, from its `graders/diagnosis.py`: rules, and other words for the engine's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from autograd_grader.course import Course
from autograd_grader.course.imports import load_module
from autograd_grader.errors import CourseError
from autograd_grader.grade.diagnose.order import in_order, rules_in
from autograd_grader.grade.diagnose.rule import Rule
from autograd_grader.grade.diagnose.words import gradients, graph, returned, running
from autograd_grader.grade.diagnose.words.words import Words

WORDS = {
    words.name: words
    for module in (running, graph, returned, gradients)
    for words in vars(module).values()
    if isinstance(words, Words)
}
"""The engine's words by their names: the slug, or the slug and a variant."""
_FIELDS = frozenset({"title", "hint", "link"})


@dataclass(frozen=True)
class CourseRules:
    """What a course adds to the engine's rules."""

    rules: tuple[Rule, ...] = ()
    """Asked after the common rules and before those of a form of return."""
    reworded: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For some of the engine's words, by name, another `title`, `hint` or `link`."""

    def of_function(self, function: str, form: str | None) -> tuple[Rule, ...]:
        """Every rule that a function is asked, in order."""
        own = [rule for rule in self.rules if rule.functions is None or function in rule.functions]
        return in_order(form, own)

    def worded(self, words: Words, result: str) -> Words:
        """The words as this course has them, for an exercise that calls its result by this name."""
        return replace(words, **self.reworded.get(words.name, {})).about(result)


def course_rules(course: Course) -> CourseRules:
    """The course's own rules and words; raises `CourseError` where its `diagnosis.py` is not sound."""
    path = course.rules_file
    if path is None:
        return CourseRules()
    try:
        module = load_module(path)
    except (Exception, SystemExit) as error:
        message = f"{path} can't be loaded: {type(error).__name__}: {error}; mend it there"
        raise CourseError(message) from error
    rules, reworded = rules_in(module), getattr(module, "WORDS", {})
    for fault in (*_rule_faults(course, rules), *_word_faults(reworded)):
        message = f"{path}: {fault}"
        raise CourseError(message)
    return CourseRules(rules, reworded)


def _rule_faults(course: Course, rules: tuple[Rule, ...]) -> Iterator[str]:
    known = {name for exercise in course.exercises for name in exercise.functions}
    for rule in rules:
        for name in sorted((rule.functions or frozenset()) - known):
            yield f"the rule {rule.name} is asked of `{name}`, which no exercise has: correct its `functions`"


def _word_faults(reworded: Any) -> Iterator[str]:  # noqa: ANN401 - whatever the author wrote
    if not isinstance(reworded, Mapping):
        yield "`WORDS` is no dict: make it one of a name to a dict of `title`, `hint` or `link`"
        return
    for name, changes in reworded.items():
        if name not in WORDS:
            yield f"`WORDS` has {name!r}, which is no name of the program's words: see `grade course diagnoses`"
        elif not isinstance(changes, Mapping) or not changes.keys() <= _FIELDS:
            yield f"`WORDS[{name!r}]` is no dict of `title`, `hint` or `link`: make it one"


def slugs_of(course: Course) -> frozenset[str]:
    """Every slug that a diagnosis in this course may bear."""
    own = course_rules(course)
    targets = [item for exercise in course.exercises for item in course.targets(exercise).items()]
    rules = [rule for name, target in targets for rule in own.of_function(name, target.form)]
    texts = {running.NOT_STARTED_TEXT.slug for exercise in course.exercises if exercise.constants}
    return frozenset(rule.words.slug for rule in rules) | texts
