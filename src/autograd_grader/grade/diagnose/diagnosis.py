"""Diagnosis: which misconception explains what was observed. Rules are pure, and asked in a fixed order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from autograd_grader.grade.broken import BrokenRules
from autograd_grader.grade.diagnose.common.loading import missing_text
from autograd_grader.grade.diagnose.course_rules import CourseRules
from autograd_grader.grade.diagnose.rule import Finding, Rule
from autograd_grader.grade.diagnose.words import running as running_words
from autograd_grader.grade.diagnose.words.words import Words
from autograd_grader.grade.evidence.exercise import ExerciseEvidence
from autograd_grader.grade.evidence.function import FunctionEvidence
from autograd_grader.model.result import Diagnosis
from autograd_grader.text import clean, clean_line

_CELL = re.compile(r"#([0-9]{1,9})\Z")
"""What the code file name of a notebook's cell ends with."""


def diagnose(evidence: ExerciseEvidence, own: CourseRules, broken: BrokenRules) -> tuple[Diagnosis, ...]:
    """The misconceptions behind an exercise's failed checks, the likeliest root cause first.

    A rule that raises is left out and told to `broken`.
    """
    functions = [FunctionEvidence(evidence, name) for name in evidence.functions]
    found = [diagnosis for function in functions for diagnosis in _of_function(function, own, broken)]
    if not evidence.observation.problem:
        for name in evidence.plan.constants:
            lacking = missing_text(evidence, name)
            if lacking is not None:
                found.append(_diagnosis(evidence, own.worded(running_words.NOT_STARTED_TEXT, ""), lacking))
    return tuple(_unlike(found))


def _of_function(function: FunctionEvidence, own: CourseRules, broken: BrokenRules) -> Iterator[Diagnosis]:
    """The root cause, and the faults that stand beside any other."""
    root = None
    for rule in own.of_function(function.name, function.target.form):
        if root is not None and not rule.also:
            continue
        diagnosis = broken.ask(rule.name, function.exercise.id, _asked, function, rule, own)
        if diagnosis is not None:
            yield diagnosis
            root = root or rule
            if rule.also:
                return


def _asked(function: FunctionEvidence, rule: Rule, own: CourseRules) -> Diagnosis | None:
    finding = rule.find(function)
    if finding is None:
        return None
    return _diagnosis(function.exercise, own.worded(rule.words, function.target.result), finding)


def _unlike(diagnoses: Iterable[Diagnosis]) -> Iterator[Diagnosis]:
    """Leave out what was said already: two functions of one file share its syntax error."""
    said = set()
    for diagnosis in diagnoses:
        key = (diagnosis.slug, diagnosis.file, diagnosis.line)
        if key not in said:
            said.add(key)
            yield diagnosis


def _diagnosis(evidence: ExerciseEvidence, said: Words, finding: Finding) -> Diagnosis:
    path, cell = _place(finding.file or "")
    return Diagnosis(
        slug=said.slug,
        title=said.title,
        explanation=clean(finding.explanation),
        hint=said.hint,
        line=finding.line,
        file=clean_line(path) or None,
        cell=cell,
        source=_source_line(evidence, finding),
        link=said.link,
        original=clean(finding.original, 600) if finding.original else None,
    )


def _place(code_name: str) -> tuple[str, int | None]:
    """The file of a code file name, and the notebook's cell."""
    cell = _CELL.search(code_name)
    return (code_name[: cell.start()], int(cell[1])) if cell else (code_name, None)


def _source_line(evidence: ExerciseEvidence, finding: Finding) -> str | None:
    """The student's line, from what was handed in; never from a file that a traceback names."""
    lines = evidence.observation.sources.get(finding.file or "", "").splitlines()
    if finding.line is None or not 1 <= finding.line <= len(lines):
        return None
    return clean_line(lines[finding.line - 1].rstrip(), 160) or None
