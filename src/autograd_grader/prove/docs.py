"""The table of diagnoses for the docs, made from the rules themselves."""

from __future__ import annotations

from autograd_grader.grade.diagnose import RULES

_HEAD = """# Diagnoses

Every misconception that the program names, in the order its rules are asked: the first that finds something is the
root cause. Made from the rules by `grade course diagnoses`; a test keeps it true.

| slug | what the student reads | the hint | learn more |
| --- | --- | --- | --- |
"""


def diagnosis_table() -> str:
    """The page `docs/diagnoses.md`, a row for each slug and title."""
    rows = dict.fromkeys((rule.slug, rule.title, rule.hint, rule.link) for rule in RULES)
    cells = [f"| `{slug}` | {title} | {hint} | [page]({link}) |" for slug, title, hint, link in rows]
    return _HEAD + "\n".join(cells) + "\n"
