"""Diagnosis: which misconception explains what was observed. Rules are pure, and asked in a fixed order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograd_grader.grade.diagnose import (
    by_hand,
    exceptions,
    formulas,
    loading,
    passes,
    recorded,
    shapes,
    sources,
    stopping,
    tensors,
    walking,
)
from autograd_grader.grade.diagnose.loading import explain_missing_text
from autograd_grader.grade.diagnose.rule import AUTOGRAD, Case, Finding, Rule
from autograd_grader.grade.evidence import ExerciseEvidence
from autograd_grader.model.result import Diagnosis
from autograd_grader.text import clean, clean_line

_ORDER = (loading, stopping, exceptions, shapes, tensors, walking, recorded, passes, by_hand, sources, formulas)
RULES = tuple(rule for module in _ORDER for rule in vars(module).values() if isinstance(rule, Rule))
"""Every rule, in the order they are asked: nearer to the root cause first."""
SLUGS = frozenset(rule.slug for rule in RULES)
"""Every slug that a diagnosis may bear."""

_CELL = re.compile(r"#([0-9]{1,9})\Z")
"""What the code file name of a notebook's cell ends with."""

_TEXT = Rule(
    "not-started",
    "The explanation is still to be written",
    "Say in two to four sentences what would happen to the second step of a training loop if nothing were zeroed.",
    AUTOGRAD,
    lambda _: None,
)


def diagnose(seen: ExerciseEvidence) -> tuple[Diagnosis, ...]:
    """The misconceptions behind an exercise's failed checks, the likeliest root cause first."""
    found = [pair for function in seen.functions for pair in _of_function(Case(seen, function))]
    for name in seen.plan.constants:
        lacking = explain_missing_text(Case(seen, seen.functions[0]), name)
        if lacking is not None and not seen.observation.problem:
            found.append((_TEXT, lacking))
    return tuple(_unlike(_diagnosis(seen, rule, finding) for rule, finding in found))


def _of_function(case: Case) -> Iterator[tuple[Rule, Finding]]:
    """The root cause, and the faults that stand beside any other."""
    root = None
    for rule in RULES:
        if (root is None or rule.also) and (finding := rule.find(case)) is not None:
            yield rule, finding
            root = root or rule
            if rule.also:
                return


def _unlike(diagnoses: Iterator[Diagnosis]) -> Iterator[Diagnosis]:
    """Leave out what was said already: two functions of one file share its syntax error."""
    said = set()
    for diagnosis in diagnoses:
        key = (diagnosis.slug, diagnosis.file, diagnosis.line)
        if key not in said:
            said.add(key)
            yield diagnosis


def _diagnosis(seen: ExerciseEvidence, rule: Rule, finding: Finding) -> Diagnosis:
    path, cell = _place(finding.file or "")
    return Diagnosis(
        slug=rule.slug,
        title=rule.title,
        explanation=clean(finding.explanation),
        hint=rule.hint,
        line=finding.line,
        file=clean_line(path) or None,
        cell=cell,
        source=_source_line(seen, finding),
        link=rule.link,
        original=clean(finding.original, 600) if finding.original else None,
    )


def _place(code_name: str) -> tuple[str, int | None]:
    """The file of a code file name, and the notebook's cell."""
    cell = _CELL.search(code_name)
    return (code_name[: cell.start()], int(cell[1])) if cell else (code_name, None)


def _source_line(seen: ExerciseEvidence, finding: Finding) -> str | None:
    """The student's line, from what was handed in; never from a file that a traceback names."""
    lines = seen.observation.sources.get(finding.file or "", "").splitlines()
    if finding.line is None or not 1 <= finding.line <= len(lines):
        return None
    return clean_line(lines[finding.line - 1].rstrip(), 160) or None
