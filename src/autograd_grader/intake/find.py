"""The submissions of a batch: each child of a folder is one, whatever it is, unless it is junk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograd_grader.errors import UsageError
from autograd_grader.intake.junk import is_junk
from autograd_grader.intake.names import clean, safe_id, tell_apart

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Found:
    """One submission of a batch, not yet read; small, since a batch holds thousands."""

    id: str
    """A safe name, unique in its batch."""
    name: str
    """The name of its file or folder."""
    folder: Path
    """Where that lies."""

    @property
    def path(self) -> Path:
        """The file or folder itself."""
        return self.folder / self.name

    @property
    def origin(self) -> str:
        """The name as it was handed in, unsafe to print as it is."""
        return clean(self.name)


def find_submissions(folder: Path) -> list[Found]:
    """Find the submissions in a folder, in the order of their names.

    What can't be read is among them, so that nobody is missing from the gradebook.
    Raises `UsageError` when the folder can't be listed.
    """
    names = sorted(_names(folder))
    ids = tell_apart(map(safe_id, names))
    return [Found(id_, name, folder) for id_, name in zip(ids, names, strict=True)]


def _names(folder: Path) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if not is_junk(name)]  # noqa: PTH208 - the names are what is kept
    except FileNotFoundError as error:
        msg = f"{folder} does not exist; name the folder that holds the submissions"
        raise UsageError(msg) from error
    except NotADirectoryError as error:
        msg = f"{folder} is not a folder; unpack it, or name the folder that holds the submissions"
        raise UsageError(msg) from error
    except OSError as error:
        msg = f"{folder} can't be listed ({error.strerror}); check its permissions"
        raise UsageError(msg) from error
