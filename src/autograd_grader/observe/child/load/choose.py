"""Which file a function is taken from, where several define it."""

from __future__ import annotations

from typing import Any


def choose(
    name: str, contract_file: str, facts: list[dict[str, Any]], modified: dict[str, float]
) -> list[dict[str, Any]]:
    """The definitions of `name`, the one that is taken first.

    The file of the contract's name wins, whatever its case; then the one nearest to the top; then the last
    modified. A name that a file merely imports counts after every definition.
    """

    def rank(fact: dict[str, Any]) -> tuple[bool, bool, int, float, str]:
        path = fact["path"]
        named = path.rpartition("/")[2].casefold() == contract_file.casefold()
        imported = fact["defines"][name]["kind"] == "imported"
        return (not named, imported, path.count("/"), -modified[path], path)

    return sorted((fact for fact in facts if name in fact["defines"]), key=rank)
