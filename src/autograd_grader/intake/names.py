"""Names that students chose, made safe: ids that are folders' names everywhere, paths that stay in their submission."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from autograd_grader.errors import UnreadableError
from autograd_grader.intake.limits import MAX_PATH_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_ID_BYTES = 80
"""UTF-8 bytes: an id is a folder's name, and common file systems stop at 255 with room for a temporary suffix."""

RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d)(\..*)?", re.IGNORECASE | re.ASCII)
"""Devices, not files, on Windows: whatever the extension (learn.microsoft.com/windows/win32/fileio/naming-a-file)."""

TAKEN = frozenset({"index.html", "gradebook.csv"})
"""What a batch writes beside the submissions' folders."""

KINDS = (".py", ".ipynb", ".zip")
"""The suffixes of what can be handed in, which are no part of an id."""

DRIVE = re.compile(r"[A-Za-z]:")


def clean(text: str) -> str:
    """Give the text as valid Unicode: bytes of a name in no known encoding become the replacement character."""
    for errors in ("strict", "surrogateescape"):  # the second for names as the system gives them
        try:
            return text.encode("utf-8", errors).decode("utf-8", "replace")
        except UnicodeEncodeError:
            continue
    return text.encode("utf-8", "replace").decode("utf-8")


def suffix(name: str) -> str:
    """Give the last suffix in lower case, with its dot; empty where there is none."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def is_python(name: str) -> bool:
    """Whether a file of that name is read."""
    return suffix(name) in {".py", ".ipynb"}


def safe_id(name: str) -> str:
    """Give an id for what was handed in under that name: letters, digits, `.`, `_`, `-`, and never empty."""
    stem = name[: -len(suffix(name))] if suffix(name) in KINDS else name
    letters = (c if _is_safe(c) else "_" for c in unicodedata.normalize("NFKC", clean(stem)))
    made = _shortened("".join(letters).lstrip(".-"), MAX_ID_BYTES).rstrip(".")
    if RESERVED.fullmatch(made) or made.casefold() in TAKEN:
        return f"_{made}"
    return made or "submission"


def _is_safe(character: str) -> bool:
    # Marks are kept with letters: without its vowel signs a Hindi or Thai name can't be read.
    return character in "._-" or unicodedata.category(character)[0] in "LNM"


def _shortened(name: str, size: int) -> str:
    return name.encode("utf-8")[:size].decode("utf-8", "ignore")


def tell_apart(ids: Iterable[str]) -> list[str]:
    """Add a number to each id that equals an earlier one where case and the spelling of accents do not count."""
    wanted = list(ids)
    taken = {_key(id_) for id_ in wanted}
    seen: set[str] = set()
    return [_free(id_, seen, taken) for id_ in wanted]


def _free(id_: str, seen: set[str], taken: set[str]) -> str:
    if _key(id_) not in seen:
        seen.add(_key(id_))
        return id_
    number = 2
    while _key(numbered := f"{_shortened(id_, MAX_ID_BYTES - 8)}-{number}") in taken:
        number += 1
    taken.add(_key(numbered))
    seen.add(_key(numbered))
    return numbered


def _key(id_: str) -> str:
    return unicodedata.normalize("NFKC", id_.casefold())


def inner_path(name: str) -> str:
    """Give a path in an archive with forward slashes, and free of `.` and empty parts.

    Raises `UnreadableError` where it leads out of the submission, or is longer than any system allows.
    """
    path = clean(name).replace("\\", "/")
    parts = [part for part in path.split("/") if part not in {"", "."}]
    if path.startswith("/") or DRIVE.match(path) or ".." in parts or "\0" in path:
        msg = "its path leads out of the submission"
        raise UnreadableError(msg)
    if len(path) > MAX_PATH_CHARACTERS:
        msg = "its path is too long"
        raise UnreadableError(msg)
    return "/".join(parts)
