"""What lies about in folders and archives and is nobody's work: caches, environments, hidden and backup files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

JUNK_NAMES = frozenset({"__macosx", "__pycache__", "desktop.ini", "node_modules", "site-packages", "thumbs.db"})
ENVIRONMENT_MARKS = frozenset({"pyvenv.cfg", "conda-meta"})
"""What the root of a virtual environment holds."""

ENVIRONMENT_FOLDERS = frozenset({"bin", "conda-meta", "etc", "include", "lib", "lib64", "scripts", "share"})
"""Its thousands of files; work may lie beside them, where the environment was made in the submission's own folder."""

BUILT_FOLDERS = frozenset({"build", "dist"})
"""Where a build leaves copies, as only an `.egg-info` beside them tells."""


def is_junk(name: str) -> bool:
    """Whether a file or folder of that name is left out wherever it lies."""
    lowered = name.lower()
    hidden_or_backup = name.startswith((".", "~$")) or name.endswith(("~", ".swp"))
    return hidden_or_backup or lowered in JUNK_NAMES or lowered.endswith(".egg-info")


def foreign_folders(marks: Iterable[str]) -> frozenset[str]:
    """Give the names, in lower case, of the folders that are nobody's work beside files of these names."""
    foreign: frozenset[str] = frozenset()
    for mark in marks:
        if mark in ENVIRONMENT_MARKS:
            foreign |= ENVIRONMENT_FOLDERS
        elif mark.endswith(".egg-info"):
            foreign |= BUILT_FOLDERS
    return foreign
