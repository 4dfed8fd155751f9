"""What a file's syntax tree shows, taken before a line of it runs."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from typing import Any

MAX_USES = 400
"""How many uses of names are kept of one function: enough for any exercise, small in a frame."""

MAX_NAMES = 50
MAX_NAME = 60
MAX_ERRORS = 200
"""Cells that do not parse."""
MAX_MESSAGE = 600
MAX_TEXT = 4000
"""Characters of a text that a person reads."""
MAX_NUMBER = 1e15
MACHINERY = frozenset({
    "_getframe", "_current_frames", "currentframe", "getouterframes", "getinnerframes", "walk_stack", "walk_tb",
    "f_back", "f_locals", "f_globals", "f_builtins", "tb_frame", "gi_frame", "cr_frame", "ag_frame",
    "__globals__", "__closure__", "cell_contents", "__code__", "__self__", "__subclasses__", "__traceback__",
    "gc", "get_objects", "get_referrers", "get_referents", "ctypes", "_ctypes", "__array_interface__", "as_strided",
    "_execution_engine", "_real", "_EngineBase", "_ImperativeEngine", "ImperativeEngine",
    "__torch_function__", "TorchFunctionMode", "TorchDispatchMode", "DisableTorchFunction",
    "DisableTorchFunctionSubclass", "_get_current_function_mode", "_get_current_function_mode_stack",
    "_pop_torch_function_stack", "_pop_mode", "_get_function_stack_at", "_make_dual", "autograd_grader",
    "settrace", "setprofile", "addaudithook", "meta_path", "__import__", "exec", "b64decode",
})  # fmt: skip
"""Names by which code reaches the objects that observe it, or hides that it does."""

MODULES = frozenset({"signal", "_signal", "importlib", "_thread", "faulthandler"})
"""Modules that give access to frames or hide what is imported; other things may well have these names."""

_DOTTED = re.compile(r"[A-Za-z_][\w.]{1,200}")
_IMPORTS = (ast.Import, ast.ImportFrom)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

Facts = dict[str, Any]


def facts_of(file: dict[str, Any], wanted: frozenset[str]) -> Facts:
    """The facts of one source file: which of the `wanted` names it binds at its top level, and what is broken."""
    defines: dict[str, Facts] = {}
    errors: list[Facts] = []
    names: list[str] = []
    reaches: set[str] = set()
    for cell in file["cells"]:
        try:
            tree = ast.parse(cell["source"])
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            errors.append(_error(error, cell["number"]))
            defines.update(_broken_definitions(cell, wanted))
        else:
            _Definitions(cell["number"], wanted, defines).read(tree.body)
            for node in _nodes(tree):
                if isinstance(node, _DEFINITIONS):
                    names.append(node.name)
                if type(node) in _WORDS:
                    reaches |= MACHINERY.intersection(_WORDS[type(node)](node))
                if isinstance(node, _IMPORTS):
                    reaches |= MODULES.intersection(_modules(node))
    return {
        "path": file["path"],
        "errors": errors[:MAX_ERRORS],
        "names": [name[:MAX_NAME] for name in names[:MAX_NAMES]],
        "reaches": sorted(reaches),
        "defines": defines,
    }


def _nodes(root: ast.AST) -> Iterator[ast.AST]:
    """A tree's nodes as `ast.walk` has them, without the contexts of names (`ast.Load`), a third of all."""
    found = [root]
    for node in found:
        yield node
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                found += [item for item in value if isinstance(item, ast.AST)]
            elif isinstance(value, ast.AST) and field != "ctx":
                found.append(value)


def _modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The modules that one node of a tree imports from."""
    paths = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    return [path.partition(".")[0] for path in paths]


_WORDS: dict[type[ast.AST], Callable[[Any], list[str]]] = {
    ast.Name: lambda node: [node.id],
    ast.Attribute: lambda node: [node.attr],
    ast.FunctionDef: lambda node: [node.name],
    ast.alias: lambda node: node.name.split("."),
    ast.ImportFrom: lambda node: (node.module or "").split("."),
    ast.Constant: lambda node: _named_in(node.value),
}
"""The names in one node of a tree."""


def _named_in(value: object) -> list[str]:
    """The names in a text that could be one, as in `getattr(engine, "_real")`."""
    return value.split(".") if isinstance(value, str) and _DOTTED.fullmatch(value) else []


def _error(error: BaseException, cell: int | None) -> Facts:
    if isinstance(error, SyntaxError):
        return {
            "type": type(error).__name__,
            "message": str(error.msg)[:MAX_MESSAGE],
            "line": error.lineno,
            "cell": cell,
        }
    kind = "SyntaxError" if isinstance(error, ValueError) else type(error).__name__
    message = str(error) or "the source is nested too deeply to be read"
    return {"type": kind, "message": message[:MAX_MESSAGE], "line": None, "cell": cell}


def _broken_definitions(cell: dict[str, Any], wanted: frozenset[str]) -> dict[str, Facts]:
    """Names that a cell which does not parse seems to define, so that its exercises report the error."""
    found = {}
    for match in re.finditer(r"^(?:def[ \t]+|class[ \t]+)?(\w+)[ \t]*[(=:]", cell["source"], re.MULTILINE):
        if match[1] in wanted:
            line = cell["source"].count("\n", 0, match.start()) + 1
            found[match[1]] = {"kind": "broken", "line": line, "cell": cell["number"], "stub": False, "uses": []}
    return found


class _Definitions:
    """Reads the statements that run when a module is loaded and records what they bind; the last binding wins."""

    def __init__(self, cell: int | None, wanted: frozenset[str], defines: dict[str, Facts]) -> None:
        self._cell = cell
        self._wanted = wanted
        self._defines = defines

    def read(self, body: list[ast.stmt]) -> None:
        for statement in body:
            self._statement(statement)
            for field in ("body", "orelse", "finalbody"):
                if not isinstance(statement, _DEFINITIONS):
                    self.read(getattr(statement, field, []))
            for handler in getattr(statement, "handlers", []):
                self.read(handler.body)

    def _statement(self, node: ast.stmt) -> None:
        if isinstance(node, _DEFINITIONS):
            self._bind(node.name, "function", node)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            for alias in node.names:
                self._bind(alias.asname or alias.name, "imported", node)
        else:
            self._assignment(node)

    def _assignment(self, node: ast.stmt) -> None:
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign | ast.AugAssign) and node.value is not None:
            targets = [node.target]
        for target in targets:
            for name in _nodes(target):
                if isinstance(name, ast.Name):
                    self._bind(name.id, "assigned", node)

    def _bind(self, name: str, kind: str, node: ast.stmt) -> None:
        if name not in self._wanted:
            return
        self._defines[name] = {
            "kind": kind,
            "line": node.lineno,
            "cell": self._cell,
            "stub": is_stub(node),
            "uses": _uses(node) if kind != "imported" else [],
        }
        text = _literal_text(node)
        if text is not None:
            self._defines[name]["text"] = text


def is_stub(node: ast.AST) -> bool:
    """Whether a function's body, its docstring aside, only raises `NotImplementedError` or does nothing at all."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    body = [s for s in node.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    return all(isinstance(s, ast.Pass) or _raises_not_implemented(s) for s in body)


def _raises_not_implemented(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Raise):
        return False
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _literal_text(node: ast.stmt) -> str | None:
    """The text of `NAME = "..."`, so that an explanation survives a file which fails to load."""
    if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
        value = node.value.value
        return value[:MAX_TEXT] if isinstance(value, str) else None
    return None


def _uses(node: ast.stmt) -> list[list[Any]]:
    """The names, attributes and numbers of a function, each with its line: `["backward", 7]`."""
    uses: list[list[Any]] = []
    for part in _nodes(node):
        if isinstance(part, ast.Attribute):
            uses.append([part.attr[:MAX_NAME], part.lineno])
        elif isinstance(part, ast.Name):
            uses.append([part.id[:MAX_NAME], part.lineno])
        elif isinstance(part, ast.Constant) and isinstance(part.value, int | float) and abs(part.value) < MAX_NUMBER:
            uses.append([repr(part.value), part.lineno])
        if len(uses) >= MAX_USES:
            break
    return uses
