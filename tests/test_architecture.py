"""What the source itself must keep to, found by searching it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[1] / "src" / "autograd_grader"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "_course" not in path.parts)
TEXTS = sorted(path for path in (*MODULES, *SOURCE.rglob("*.j2")) if "_course" not in path.parts)
COURSE_FACTS = re.compile(
    r"""\bex[1-9]\b | \bexercises?\ [1-9]\b | \b13\.0 | \b25\.5\b | (?<![\w.])42(?:\.0)?(?![\w.])
    | \b[xyz]0\b | \b[xyz]_grad\b | \bfrom_autograd\b | `by_hand` | "by_hand" | \bWHY_ZERO\b | training\ loop
    | \bsingle_variable\b | \btwo_variables\b | \bwith(?:out)?_zeroing\b | \bverify_by_hand\b
    | 3z² | 5x² | 7x² | 14x | \b6z\b""",
    re.VERBOSE,
)
"""Names, numbers and words of the built-in course's exercises."""


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_no_fact_of_an_exercise_stands_in_the_engine(path: Path) -> None:
    lines = enumerate(path.read_text("utf-8").splitlines(), start=1)
    assert [(number, line) for number, line in lines if COURSE_FACTS.search(line)] == []


def branches_on_form(tree: ast.AST) -> Iterator[int]:
    """The lines of comparisons and `match` statements that ask which form of return a target has."""
    for node in ast.walk(tree):
        asked = (
            [node.left, *node.comparators]
            if isinstance(node, ast.Compare)
            else [node.subject]
            if isinstance(node, ast.Match)
            else []
        )
        if any(isinstance(part, ast.Attribute | ast.Name) and _last(part) == "form" for part in asked):
            yield asked[0].lineno


def _last(part: ast.Attribute | ast.Name) -> str:
    return part.attr if isinstance(part, ast.Attribute) else part.id


# `course` checks what an author wrote, before a form is made of it.
@pytest.mark.parametrize("path", [path for path in MODULES if path.parent.name not in {"forms", "course"}], ids=name)
def test_no_code_outside_the_forms_own_modules_asks_which_form_a_target_has(path: Path) -> None:
    assert list(branches_on_form(ast.parse(path.read_text("utf-8")))) == []
