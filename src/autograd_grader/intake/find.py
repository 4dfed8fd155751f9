"""The submissions of a batch: each child of a folder is one, whatever it is, unless it is junk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograd_grader.errors import UsageError
from autograd_grader.intake.junk import is_junk
from autograd_grader.intake.names import clean, safe_id, tell_apart

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Found:
    """One submission of a batch, not yet read."""

    id: str
    """A safe name, unique in its batch."""
    origin: str
    """The name as it was handed in, unsafe to print as it is."""
    path: Path


def find_submissions(folder: Path) -> list[Found]:
    """Find the submissions in a folder, in the order of their names.

    What can't be read is among them, so that nobody is missing from the gradebook.
    Raises `UsageError` when the folder can't be listed.
    """
    children = sorted(_children(folder), key=lambda child: child.name)
    ids = tell_apart(safe_id(child.name) for child in children)
    return [Found(id_, clean(child.name), child) for id_, child in zip(ids, children, strict=True)]


def _children(folder: Path) -> list[Path]:
    try:
        return [child for child in folder.iterdir() if not is_junk(child.name)]
    except FileNotFoundError as error:
        msg = f"{folder} does not exist; name the folder that holds the submissions"
        raise UsageError(msg) from error
    except NotADirectoryError as error:
        msg = f"{folder} is not a folder; unpack it, or name the folder that holds the submissions"
        raise UsageError(msg) from error
    except OSError as error:
        msg = f"{folder} can't be listed ({error.strerror}); check its permissions"
        raise UsageError(msg) from error
