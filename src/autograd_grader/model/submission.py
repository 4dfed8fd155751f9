"""What was handed in: the sources of one submission, as text."""

from __future__ import annotations

import hashlib

from autograd_grader.model.base import Record


def code_name(path: str, cell: int | None) -> str:
    """The file name that a file's code bears in tracebacks and events: `work.ipynb#3` for the third cell."""
    return path if cell is None else f"{path}#{cell}"


class Cell(Record):
    """A run of source that is compiled in one piece: a whole `.py` file, or one code cell of a notebook."""

    source: str
    number: int | None = None
    """The cell's place among the notebook's cells, counted from 1 as Jupyter shows them; None in a `.py` file."""


class SourceFile(Record):
    """One file of Python, by its path within the submission."""

    path: str
    """Relative, with forward slashes."""
    cells: tuple[Cell, ...]
    modified: float = 0.0
    """Seconds since the epoch; of two definitions at the same depth the last modified wins."""

    @property
    def is_notebook(self) -> bool:
        """Whether the cells are a notebook's, so that one which raises does not stop the later ones."""
        return any(cell.number is not None for cell in self.cells)


class Submission(Record):
    """One student's work."""

    id: str
    """A safe name, unique in its batch: letters, digits, `.`, `_`, `-`."""
    origin: str
    """The name as it was handed in, unsafe to print as it is."""
    files: tuple[SourceFile, ...] = ()
    notices: tuple[str, ...] = ()
    """What was left out while reading, and why, in the student's terms."""
    problem: str | None = None
    """Why nothing of it can be read; None where something can."""
    unread: str = ""
    """The digest of what was handed in where nothing of it can be read: it tells one from another."""

    def digest(self) -> str:
        """The SHA-256 of what would be run, in hexadecimal: equal for equal sources."""
        sha = hashlib.sha256()
        for file in sorted(self.files, key=lambda f: f.path):
            for part in (file.path, *(cell.source for cell in file.cells)):
                encoded = part.encode("utf-8", "surrogatepass")
                sha.update(len(encoded).to_bytes(8, "big") + encoded)
        return sha.hexdigest()
