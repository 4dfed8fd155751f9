"""Mutants of right answers: one small change each, as a slip of the pen would make it.

The operators are those of mutation tools (numbers, operators, constants, statements) and the slips of this field: a
`clone`, `zero_` or `backward` left out, names and arguments exchanged.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from autograd_grader.model.base import Record

_BINARY: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
}

Change = Callable[[ast.AST], object]


class Mutant(Record):
    """A right answer with one change."""

    operator: str
    line: int
    source: str


def mutants(source: str, leaves: Collection[str] = ()) -> list[Mutant]:
    """Every mutant of a source that differs from it and from the others in more than its layout.

    An attribute that is called like one of `leaves` is exchanged with the others of them.
    """
    tree = ast.parse(source)
    attributes = {"grad": ("data",)} | {leaf: tuple(other for other in leaves if other != leaf) for leaf in leaves}
    known = {ast.unparse(tree)}
    found = []
    for index, node in enumerate(ast.walk(tree)):
        for operator, change in _changes(node, tree, attributes):
            changed = copy.deepcopy(tree)
            twin = next(n for i, n in enumerate(ast.walk(changed)) if i == index)
            change(twin)
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text not in known:
                known.add(text)
                found.append(Mutant(operator=operator, line=getattr(node, "lineno", 1), source=text))
    return found


def _changes(node: ast.AST, tree: ast.Module, attributes: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Change]]:
    """The operators that apply to a node, each as a change to be made to its twin in a copy of the tree."""
    if isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.BinOp):
        yield from _operators(node)
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from _names(node, tree)
    else:
        yield from _parts(node, attributes)
    yield from _statements(node)


def _parts(node: ast.AST, attributes: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.Compare):
        for at, comparison in enumerate(node.ops):
            if type(comparison) in _COMPARISONS:
                yield "comparison", _replace_in("ops", at, _COMPARISONS[type(comparison)]())
    elif isinstance(node, ast.Attribute):
        for other in attributes.get(node.attr, ()):
            yield "attribute", _set("attr", other)
    elif isinstance(node, ast.Tuple | ast.List) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        yield "order of a tuple", lambda twin: twin.elts.reverse()  # type: ignore[attr-defined]
        yield "item of a tuple dropped", lambda twin: twin.elts.pop()  # type: ignore[attr-defined]


def _constants(node: ast.Constant) -> Iterator[tuple[str, Change]]:
    if isinstance(node.value, bool):
        yield "truth", _set("value", not node.value)
    elif isinstance(node.value, int | float):
        yield "number", _set("value", node.value + 1)
        yield "number", _set("value", -node.value)
        yield "number", _set("value", 0)


def _operators(node: ast.BinOp) -> Iterator[tuple[str, Change]]:
    for other in _BINARY.get(type(node.op), ()):
        yield "operator", _set("op", other())
    yield "left operand alone", _become_part("left")
    yield "right operand alone", _become_part("right")


def _calls(node: ast.Call) -> Iterator[tuple[str, Change]]:
    for at in range(len(node.args)):
        yield "argument dropped", _drop_from("args", at)
    for at in range(len(node.keywords)):
        yield "keyword dropped", _drop_from("keywords", at)
    if len(node.args) > 1:
        yield "arguments swapped", lambda twin: twin.args.reverse()  # type: ignore[attr-defined]
    if isinstance(node.func, ast.Attribute):
        yield f"call of {node.func.attr} left out", lambda twin: _become(twin, twin.func.value)  # type: ignore[attr-defined]
        yield "brackets left out", lambda twin: _become(twin, twin.func)  # type: ignore[attr-defined]
    if isinstance(node.func, ast.Name) and node.func.id == "range" and len(node.args) == 1:
        for shift in (1, -1):
            yield "loop bound", _shift_bound(shift)


def _names(node: ast.Name, tree: ast.Module) -> Iterator[tuple[str, Change]]:
    """The name exchanged with another that the same function binds."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef) or all(part is not node for part in ast.walk(function)):
            continue
        bound = {a.arg for a in function.args.args}
        bound |= {p.id for p in ast.walk(function) if isinstance(p, ast.Name) and isinstance(p.ctx, ast.Store)}
        if node.id in bound:
            for other in sorted(bound - {node.id}):
                yield "name", _set("id", other)


def _statements(node: ast.AST) -> Iterator[tuple[str, Change]]:
    body = getattr(node, "body", None)
    if not isinstance(body, list) or isinstance(node, ast.Module):
        return
    for at, statement in enumerate(body):
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        yield "statement dropped", _drop_statement(at)
        yield "statement doubled", lambda twin, at=at: twin.body.insert(at, copy.deepcopy(twin.body[at]))  # type: ignore[misc]
        if at + 1 < len(body):
            yield "statements swapped", _swap_statements(at)


def _set(field: str, value: object) -> Change:
    return lambda twin: setattr(twin, field, value)


def _replace_in(field: str, at: int, value: object) -> Change:
    return lambda twin: getattr(twin, field).__setitem__(at, value)


def _drop_from(field: str, at: int) -> Change:
    return lambda twin: getattr(twin, field).pop(at)


def _become_part(field: str) -> Change:
    return lambda twin: _become(twin, getattr(twin, field))


def _become(twin: ast.AST, other: ast.AST) -> None:
    """Turn a node into another in place, whatever holds it."""
    twin.__class__ = other.__class__
    twin.__dict__.clear()
    twin.__dict__.update(other.__dict__)


def _shift_bound(shift: int) -> Change:
    def change(twin: ast.AST) -> None:
        bound = twin.args[0]  # type: ignore[attr-defined]
        twin.args[0] = ast.BinOp(bound, ast.Add(), ast.Constant(shift))  # type: ignore[attr-defined]

    return change


def _drop_statement(at: int) -> Change:
    def change(twin: ast.AST) -> None:
        twin.body.pop(at)  # type: ignore[attr-defined]
        if not twin.body:  # type: ignore[attr-defined]
            twin.body.append(ast.Pass())  # type: ignore[attr-defined]

    return change


def _swap_statements(at: int) -> Change:
    def change(twin: ast.AST) -> None:
        body = twin.body  # type: ignore[attr-defined]
        body[at], body[at + 1] = body[at + 1], body[at]

    return change
