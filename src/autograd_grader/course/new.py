"""A new course: the small one that `grade course new` writes, which lies beside this file."""

from __future__ import annotations

from pathlib import Path

_SKELETON = Path(__file__).parent / "skeleton"


def skeleton_files() -> dict[str, str]:
    """The text of each file of a small, sound course, by its path in the course's folder."""
    files = (path for path in _SKELETON.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(_SKELETON).as_posix(): path.read_text("utf-8") for path in sorted(files)}
