"""What the project promises about itself: who imports whom, how large things are, where they are tried."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograd_grader.course import Course

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/autograd_grader"
SKELETON = PACKAGE / "course/skeleton"
"""What `grade course new` writes: a course, and no part of the engine."""
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if SKELETON not in path.parents]

LEAVES = {"text", "files", "errors", "locks", "__version__"}
BELOW_BATCH = {"intake", "observe", "grade", "report", "course", "model"}
MAY_IMPORT = {
    "model": set(),
    "course": {"model"},
    "intake": {"course", "model"},
    "observe": {"model"},
    "grade": {"course", "model"},
    "report": {"model"},
    "grading": {"course", "grade", "model"},
    "prove": BELOW_BATCH,
    "batch": BELOW_BATCH,
    "cli": {"batch", "prove", *BELOW_BATCH},
    "__main__": {"cli"},
}
"""For each room, or module beside the rooms, those that it may import beside itself and the leaves."""

LINES = 300
COMPLEXITY = 12
MORE_COMPLEX: dict[str, str] = {}
"""Functions above it, as `module.function`, each with the reason why it is not split."""


def imports(path: Path) -> Iterator[str]:
    """The modules of this program that a file imports, and what it takes from them; for types alone as well."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("autograd_grader"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograd_grader"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def room(module: str) -> str:
    return module.removeprefix("autograd_grader.").split(".")[0]


def test_a_module_imports_only_what_its_room_may() -> None:
    found = [
        (name(path), module)
        for path in MODULES
        for module in imports(path)
        if room(module) not in {room(name(path)), *LEAVES, *MAY_IMPORT.get(room(name(path)), ())}
    ]
    assert found == []


@pytest.mark.parametrize("importer", ["observe/child", "batch", "prove"])
def test_who_holds_student_code_or_only_asks_for_observations_knows_no_process(importer: str) -> None:
    paths = (PACKAGE / importer).rglob("*.py")
    assert [(name(path), module) for path in paths for module in imports(path) if ".observe.host" in module] == []


def test_graders_import_from_one_module_alone(course: Course) -> None:
    folders = [course.root / "graders", *ROOT.glob("tests/courses/*/graders"), SKELETON / "graders"]
    files = [path for folder in folders for path in folder.glob("*.py")]
    assert files
    assert {module.rpartition(".")[0] for path in files for module in imports(path)} == {"autograd_grader.grading"}


def test_a_module_can_be_read_in_one_go() -> None:
    lines = {name(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {module: count for module, count in lines.items() if count > LINES} == {}


def test_a_function_can_be_read_in_one_go() -> None:
    found = [f"{name(path)}.{function.name}" for path in MODULES for function in too_complex(path)]
    assert sorted(found) == sorted(MORE_COMPLEX)


def too_complex(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and complexity(node) > COMPLEXITY:
            yield node


def complexity(function: ast.AST) -> int:
    """One and the branches: as McCabe counts them, and each part of a condition and of a comprehension as well."""
    count = 1
    for node in ast.walk(function):
        match node:
            case ast.BoolOp():
                count += len(node.values) - 1
            case ast.comprehension():
                count += 1 + len(node.ifs)
            case (
                ast.If()
                | ast.For()
                | ast.AsyncFor()
                | ast.While()
                | ast.IfExp()
                | ast.ExceptHandler()
                | ast.match_case()
            ):
                count += 1
    return count


def test_the_hosted_workflow_runs_each_python_that_the_package_names() -> None:
    workflow = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    named = re.findall(r"Python :: (\d\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))
    (matrix,) = re.findall(r"python: \[(.*)\]", workflow)
    assert re.findall(r"\d\.\d+", matrix) == named
    assert "run: .ci/run" in workflow
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert oldest == f">={named[0]}"
